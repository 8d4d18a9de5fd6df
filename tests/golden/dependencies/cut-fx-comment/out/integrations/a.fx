integration a {
  label "L"
  purpose "P"
  requires b,  // first
    c
  release v1 = 1.0.0 stable { provider osm }
}
