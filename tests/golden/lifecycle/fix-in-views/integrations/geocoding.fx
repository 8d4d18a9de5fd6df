integration geocoding {
  label "Find coordinates"
  purpose "Turn an address into a place"
  release v2 = 2.9.0 deprecated {
    provider mapbox
    until 2026-06-30  replaced-by v3  guide "./m.md"
  }
  release v3 = 3.2.0 stable { provider here }
  
}
