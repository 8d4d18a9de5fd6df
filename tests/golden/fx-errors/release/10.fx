integration a {
  label "L" purpose "P"
  release v1 = 1.0.0 {
    provider p
    production { cache 10m
  release v2 = 2.0.0 { provider p }
}
