integration a {
  label "A"
  purpose "P"
  requires geocoding ^2.1.x.4
  optional maps ~2.01
  release v1 = 1.0.0-01 {
    provider p ^1.2-beta
    conflicts legacy 1.2.3.4
  }
  release v2 = 2.0.0.1 { provider p }
}
