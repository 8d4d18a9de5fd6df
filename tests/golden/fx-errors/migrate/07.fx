integration a {
  migrate v1 -> v2 {
    value config strict "yes" = true
    value config strict -> true
    value config strict "no" ->
  }
}
