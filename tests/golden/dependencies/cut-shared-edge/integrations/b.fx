integration b {
  label "L"
  purpose "P"
  requires a, c
  release v1 = 1.0.0 stable { provider osm }
}
