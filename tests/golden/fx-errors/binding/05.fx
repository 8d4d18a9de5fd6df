integration a {
  release v1 = 1.0.0 {
    find = post "https://example.com" {
      json { a = [1, 2 b = 3 }
      result { street "/a" }
    }
  }
}
