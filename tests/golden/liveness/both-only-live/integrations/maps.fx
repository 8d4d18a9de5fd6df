integration maps {
  label "L"
  purpose "P"
  release v1 = 1.0.0 stable { provider osm }
  release v2 = 2.0.0 beta { provider here  requires geocoding ^2  flag "use_here" }
  active v1
  requires geocoding
}
