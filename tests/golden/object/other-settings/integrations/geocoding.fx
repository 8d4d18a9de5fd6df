integration geocoding {
  label "Geocoding"
  purpose "Find the coordinates of a place"
  prop country: "us" | "ca" = "us"

  release v1 = 1.0.0 stable {
    provider nominatim
    features search
  }
}
