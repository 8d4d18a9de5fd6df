integration geocoding {
  label "Find Coordinates"
  purpose "Turn an address into a place on the map"
  release v1 = 1.4.0 retired {
    provider mapbox
    until 2024-01-31
    replaced-by v2
    guide "./geocoding-v1-to-v2.md"
  }
  release v2 = 2.0.0 stable { provider here }
  fallback v2 -> static
}
