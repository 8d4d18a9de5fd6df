integration a {
  label "A" purpose "P"
  docs https://example.com/docs
  release v1 { provider p }
}
