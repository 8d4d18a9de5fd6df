integration a {
  migrate v1 -> { drop prop a }
  migrate -> v2 { drop prop a }
}
