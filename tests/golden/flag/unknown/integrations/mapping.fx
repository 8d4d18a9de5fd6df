integration mapping {
  label "L"  purpose "P"
  release v2 = 2.1.4 stable { provider mapbox }
}
