integration maps {
  label "Map"  purpose "Show a place"
  requires geocoding ^1
  release v1 = 1.0.0 stable { provider here }
}
integration store {
  label "Store"  purpose "Show a shop"
  requires geocoding "^2"
  release v1 = 1.0.0 stable { provider here }
}
