integration maps {
  label "L"
  purpose "P"
  requires geocoding ^1
  release v1 = 1.0.0 stable { provider osm }
}
