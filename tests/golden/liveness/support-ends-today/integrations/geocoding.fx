integration geocoding {
  label "L"
  purpose "P"
  release v1 = 1.2.0 deprecated { provider census  until 2026-03-01 }
  release v2 = 2.1.4 stable { provider mapbox }
  active v2
  fallback v1 -> static
}
