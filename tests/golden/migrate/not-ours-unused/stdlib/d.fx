integration d {
  label "D"  purpose "P"
  requires a ^2
  release v1 = 1.0.0 stable { provider acme }
}
