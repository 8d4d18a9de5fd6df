integration maps {
  label "Map"
  purpose "Show a place"
  release v1 { provider here }
  release v2 { provider here }
  active v1
}
