integration b {
  label "L"
  purpose "P"
  optional a
  release v1 = 1.0.0 stable { provider osm }
}
