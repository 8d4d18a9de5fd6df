integration maps {
  label "Maps"  purpose "Show where things are"
  operation find(place: string) -> string
  release v1 = 1.0.0 stable {
    provider tiles
    env MAPS_KEY: secret = "pk-marker-0001"
    env ZONE: string = "eu"
    find = get "https://tiles.example/{env.ZONE}/find" { query { q = place  key = env.MAPS_KEY }  result "/name" }
    production { env OTHER_KEY: secret? /^o/ = "o-marker-0002" }
  }
}
