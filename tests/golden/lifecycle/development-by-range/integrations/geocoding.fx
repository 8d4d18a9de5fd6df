integration geocoding {
  label "Find coordinates"
  purpose "Turn an address into a place"
  release v1 { provider mapbox }
  release v2 development { provider here  flag "new_maps" }
}
