integration geocoding {
  label "L"  purpose "P"
  release v2 = 2.1.4 stable { provider mapbox }
  release v3 = 3.0.0-beta.1 beta { provider osm  flag "use_osm" }
  active v2
  canary v3 { 10% for 1d  50% }
}
