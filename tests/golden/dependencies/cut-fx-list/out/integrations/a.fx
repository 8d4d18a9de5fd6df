integration a {
  label "L"
  purpose "P"
  optional b ^1
  requires c ^1
  release v1 = 1.0.0 stable { provider osm }
}
