integration maps {
  release v1 = 1.0.0 {
    provider atlas
    quota 100/s
  }
  limits { rate 200/s }
  label "Map"
  purpose "Show where things are"
}
