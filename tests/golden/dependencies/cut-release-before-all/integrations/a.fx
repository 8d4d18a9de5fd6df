integration a {
  label "L"
  purpose "P"
  requires b
  release v1 = 1.0.0 stable { provider osm }
}
