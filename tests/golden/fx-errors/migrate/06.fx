integration a {
  migrate v1 -> v2 {
    drop config
    drop sensor
    drop
  }
}
