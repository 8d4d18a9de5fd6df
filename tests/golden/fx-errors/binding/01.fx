integration a {
  operation find(street: string)
  release v1 = 1.0.0 {
    provider p
    find = fetch "https://example.com"
  }
}
