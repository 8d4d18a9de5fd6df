integration a {
  release v3 = 3.2.0 stable provider p
  release v4 = 4.0.0
  release v5 = { provider p }
}
