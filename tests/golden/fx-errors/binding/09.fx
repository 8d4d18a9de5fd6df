integration a {
  label "L" purpose "P"
  operation find(street: string)
  release v1 = 1.0.0 {
    provider p
    find = get "https://example.com" { query "q" headers 5 form [1] }
    provider = q
  }
}
