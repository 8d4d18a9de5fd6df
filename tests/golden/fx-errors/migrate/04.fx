integration a {
  migrate v1 -> v2 {
    rename prop lang country
    rename lang -> country
  }
}
