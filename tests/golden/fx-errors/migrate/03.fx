integration a {
  migrate v1 -> v2
  migrate v1 -> v2 -> v3 { drop prop a }
}
