integration a-b {
  label "L"
  purpose "P"
  limits { rate 50 per second }
  release v3 = 3.2.0 stable { provider p }
}
