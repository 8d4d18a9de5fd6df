integration geocoding {
  label "Geocoding"
  purpose "Find places"
  release v1 = 1.2.0 stable { provider census }
  release v2 = 2.0.4 stable { provider atlas }
  active v2
  fallback v2 -> v1 -> static
}
