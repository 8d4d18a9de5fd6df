integration a {
  label "L" purpose "P"
  operation find(street: string)
  release v1 = 1.0.0 {
    provider p
    find = post "https://example.com" {
      headres { A = "b" }
      timeout 5
      config { a = 1 }
    }
  }
}
