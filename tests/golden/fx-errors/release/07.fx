integration a {
  release v3 = 3.2.0 {
    provider p
    config { a: 1, b = , c = "x" d "y" }
    config = { e = 1 }
    config { f = [1 2] g = {} }
  }
}
