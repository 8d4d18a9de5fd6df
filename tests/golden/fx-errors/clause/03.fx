integration a {
  label
  purpose "P"
  owner
  release v1 { provider p }
  docs
}
