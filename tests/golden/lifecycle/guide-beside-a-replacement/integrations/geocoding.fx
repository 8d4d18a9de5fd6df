integration geocoding {
  label "Find coordinates"
  purpose "Turn an address into a place"
  release v1 deprecated { provider mapbox  replaced-by v2 }
  release v2 { provider here }
}
