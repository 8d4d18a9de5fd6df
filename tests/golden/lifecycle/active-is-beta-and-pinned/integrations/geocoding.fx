integration geocoding {
  label "Find coordinates"
  purpose "Turn an address into a place"
  release v1 beta { provider mapbox  replaced-by v2  guide "./m.md" }
  release v2 { provider here }
  active v1
}
