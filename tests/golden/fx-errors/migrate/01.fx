integration a {
  migrate v1 v2 { drop prop a }
  migrate v1 to v2 { drop prop b }
}
