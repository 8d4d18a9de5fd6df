integration geocoding {
  label "Find coordinates"
  purpose "Turn an address into a place"
  release v2 { provider mapbox }
}
