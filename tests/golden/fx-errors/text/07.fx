integration a {
  release v1 { config { a = ((1)) b = (x) c = -x d = +5 e = !x f = "a" + "b" } }
}
