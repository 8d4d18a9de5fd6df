integration a {
  release v3 = 3.2.0 {
    provider
    features a b, c
    module
    until 2026-06-30
  }
}
