integration b {
  label "L"
  purpose "P"
  release v1 = 1.0.0 stable { provider osm  optional a }
  release v2 = 2.0.0 stable { provider osm  optional a ^1 }
}
