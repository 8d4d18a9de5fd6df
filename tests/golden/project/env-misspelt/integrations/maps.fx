integration maps {
  label "Maps"  purpose "Show where things are"
  release v1 = 1.0.0 stable { provider tiles  module "@acme/tiles"  env MAPS_KEY: secret  env PLACES_KEY: secret  env ROUTES_KEY: secret }
}
