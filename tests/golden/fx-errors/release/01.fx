integration a {
  release { provider p }
  release v1 3.2.0 stable { provider p }
}
