integration b {
  label "B"  purpose "P"
  requires a ^3
  release v1 = 1.0.0 stable { provider acme  requires a "^3.2.0" }
  release v2 = 2.0.0 stable { provider acme  requires a 3.2.0  optional c, d }
  conflicts a 1.x
}
