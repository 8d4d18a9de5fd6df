integration geocoding {
  label "L"
  purpose "P"
  release v1 = 1.2.0 stable { provider census }
  release v2 = 2.1.4 stable { provider mapbox }
  release v0 = 0.9.0 stable { provider bing }
  release v3 = 3.0.0 stable { provider osm  flag "use_osm" }
  active v2
  fallback v2 -> v1 -> v0
}
