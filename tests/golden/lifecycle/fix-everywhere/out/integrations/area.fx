integration area {
  label "Area"
  purpose "Show where it is served"
  release v1 { provider here }
  requires geocoding ^3.2
}
