integration geocoding {
  label "Find coordinates"
  purpose "Turn an address into a place"
  owner "Straßen 地図 team"
  release v2 = 2.1.0 stable { provider mapbox }
  release v3 = 3.0.0-rc.1 beta { provider here }
  route percentage { v2 90%  v3 10% }
  fallback static
}
