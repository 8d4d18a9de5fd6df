integration geocoding {
  label "Find Coordinates"
}
