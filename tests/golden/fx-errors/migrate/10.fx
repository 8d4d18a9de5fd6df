integration a {
  migrate v1 -> v2 {
    rename prop a => b
    rename prop a, b -> c
    rename prop "a" -> "b"
}
