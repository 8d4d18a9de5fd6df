integration maps {
  label "Maps"  purpose "Show where things are"
  slot place: input
  operation find(place: string) -> string
  on change of place { call find(place = place.value) -> found  fill place = found }
  release v1 = 1.0.0 stable {
    provider tiles
    env MAPS_KEY: secret /^AIza[0-9A-Za-z_-]{35}$/
    config {
      center = "52.5,13.4"
      account = { keys = ["eu", env.MAPS_KEY] }
    }
    find = get "https://tiles.example/find" {
      query { q = place  at = config.center }
      headers { x-key = env.MAPS_KEY }
      result "/name"
    }
  }
}
