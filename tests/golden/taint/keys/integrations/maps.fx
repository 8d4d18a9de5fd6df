integration maps {
  label "Maps"  purpose "Show where things are"
  prop style: string = "AIzaMARKERMARKERMARKERMARKERMARKER00000"
  slot place: input?
  operation find(place: string) -> string
  operation near(place: string) -> string
  on change of place { call near(place = "AIzaMARKERMARKERMARKERMARKERMARKER00000") -> found  fill place = found }
  release v1 = 1.0.0 stable {
    provider tiles
    env MAPS_KEY: secret /^AIza[0-9A-Za-z_-]{35}$/
    env LOOSE: secret /^[a-zA-Z0-9]+$/
    config { center = "52.5,13.4"  account = { keys = ["eu", "AIzaMARKERMARKERMARKERMARKERMARKER00000"] }  hint = "keys begin with AIza" }
    find = get "https://tiles.example/find?key=AIzaMARKERMARKERMARKERMARKERMARKER00000" { query { q = place }  headers { x-key = "AIzaMARKERMARKERMARKERMARKERMARKER00000" }  result "/name" }
    near = get "https://tiles.example/near" { query { q = place  k = env.MAPS_KEY  again = "AIzaMARKERMARKERMARKERMARKERMARKER00000" }  result "/name" }
  }
}
integration weather {
  label "Weather"  purpose "Tell the weather"
  prop city: string
  release v1 = 1.0.0 stable { provider sky  module "@acme/sky"  env SKY: string /^AIza/ = "AIzaPublic" }
}
