integration b {
  label "B"  purpose "P"
  release v1 = 1.0.0 stable { provider acme }
  conflicts a ^3
}
