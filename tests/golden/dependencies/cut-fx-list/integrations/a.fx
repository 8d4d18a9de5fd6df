integration a {
  label "L"
  purpose "P"
  requires c ^1, b ^1
  release v1 = 1.0.0 stable { provider osm }
}
