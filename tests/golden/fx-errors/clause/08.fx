integration a {
  label 3
  purpose true
  modified 2026-13-45
  active [v1]
  release v1 { provider p }
}
