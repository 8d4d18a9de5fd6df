integration a {
  label 'L'
  purpose "never closed
  docs "https://example.com\q"
  release v1 { provider p }
}
