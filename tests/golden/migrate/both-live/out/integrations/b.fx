integration b {
  label "B"  purpose "P"
  requires a "^2 || ^3"
  release v1 = 1.0.0 stable { provider acme }
}
