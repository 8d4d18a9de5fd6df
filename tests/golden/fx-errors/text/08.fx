integration a { release v1 { config { a = [1, 2
  b = 3
} } }
