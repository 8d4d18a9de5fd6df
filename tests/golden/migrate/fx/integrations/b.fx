integration b {
  label "B"  purpose "P"
  requires a ^2
  release v1 = 1.0.0 stable { provider acme  requires a "2.9 - 2.10" }
  release v2 = 2.0.0 stable { provider acme  requires a 2.9.0  optional c, d }
  conflicts a 1.x
}
