integration maps {
  label "Map"
  purpose "Show a place"
  release v1 = 1.0.0 stable { provider here }
  release v2 = 2.0.0 stable { provider here  conflicts geocoding ^2 }
}
integration geocoding {
  label "Find Coordinates"
  purpose "Turn an address into a place"
  release v1 = 1.4.0 stable { provider mapbox }
  release v2 = 2.0.0 stable { provider mapbox }
  release v3 = 3.0.0 deprecated { provider mapbox  guide "./v3.md" }
  release v4 = 4.0.0 stable { provider mapbox  available-from 2027-01-01 }
  release v5 = 5.0.0 stable { provider mapbox }
  active v2
}
