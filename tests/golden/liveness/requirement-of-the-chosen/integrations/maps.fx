integration maps {
  label "L"
  purpose "P"
  release v1 = 1.0.0 stable { provider osm  requires geocoding ^2 }
  release v0 = 0.5.0 retired { provider osm  requires geocoding ^9 }
}
