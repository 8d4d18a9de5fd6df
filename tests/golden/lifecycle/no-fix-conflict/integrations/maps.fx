integration maps {
  label "Map"
  purpose "Show a place"
  release v1 { provider here }
  conflicts geocoding ^3
}
