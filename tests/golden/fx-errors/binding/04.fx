integration a {
  release v1 = 1.0.0 {
    find = post "https://example.com" { query key = 1 }
    find = post "https://example.com" { query { key = env. } }
  }
}
