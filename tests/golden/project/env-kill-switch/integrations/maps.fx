integration maps {
  label "Maps"  purpose "Show where things are"
  release v1 = 1.0.0 stable { provider tiles  module "@acme/tiles" }
  release v2 = 2.0.0 beta { provider tiles  module "@acme/tiles"  flag "use_v2" }
}
