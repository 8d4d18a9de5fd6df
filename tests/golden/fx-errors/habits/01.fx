integration a-b {
  label "L"
  purpose "P"
  limits { timeout 2 s }
  release v3 = 3.2.0 stable { provider p }
}
