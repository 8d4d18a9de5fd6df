integration geocoding {
  label "Find coordinates"
  purpose "Turn an address into a place"
  release v2 = 2.9.0 { provider mapbox }
  release v3 = 3.2.0 { provider here  available-from 2026-03-01 }
  active v3
}
