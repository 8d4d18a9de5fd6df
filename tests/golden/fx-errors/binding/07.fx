integration a {
  release v1 = 1.0.0 {
    find = post "https://example.com" {
      bearer
      basic user = "a"
      each
    }
  }
}
