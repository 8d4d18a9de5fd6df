integration geocoding {
  label "L"
  purpose "P"
  release v1 = 1.2.0 stable { provider census  flag "use_census" }
  release v2 = 2.1.4 stable { provider mapbox }
  active v2
}
