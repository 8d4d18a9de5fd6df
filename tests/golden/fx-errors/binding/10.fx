integration a {
  label "L" purpose "P"
  operation find(street: string)
  release v1 = 1.0.0 {
    provider p
    find = get "https://example.com"
    find = get "https://example.org"
    get "https://example.net"
  }
}
