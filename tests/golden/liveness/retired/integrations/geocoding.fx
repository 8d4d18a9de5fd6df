integration geocoding {
  label "L"
  purpose "P"
  release v1 = 1.2.0 retired { provider census  replaced-by v2 }
  release v2 = 2.1.4 stable { provider mapbox }
  active v2
  fallback v1 -> static
  route v1 when accountType == "trial"
}
