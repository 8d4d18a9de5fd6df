integration b {
  label "L"
  purpose "P"
  requires a
  release v1 = 1.0.0 stable { provider osm }
}
