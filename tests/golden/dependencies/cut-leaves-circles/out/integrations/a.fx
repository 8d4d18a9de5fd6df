integration a {
  label "L"
  purpose "P"
  optional b
  optional c
  release v1 = 1.0.0 stable { provider osm }
}
