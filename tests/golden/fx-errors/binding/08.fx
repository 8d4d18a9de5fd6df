integration a {
  release v1 = 1.0.0 {
    find = post
    find = { post "https://example.com" }
    find = GET "https://example.com"
  }
}
