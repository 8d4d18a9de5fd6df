// Several declarations a file, several clauses a line.
integration geocoding {
  label "Geocoding"  purpose "Turns an address into coordinates"; release v2 = 2.3.0 { provider mapbox features geocoding }
}
