integration geocoding {
  label "L"
  purpose "P"
  release v1 = 1.2.0 stable { provider census  until 2026-02-28 }
  release v2 = 2.1.4 stable { provider mapbox }
  active v2
  fallback v1 -> static
}
