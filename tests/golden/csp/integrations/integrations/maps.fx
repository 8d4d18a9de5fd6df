integration maps {
  label "Maps"  purpose "Show where things are"
  operation find(place: string) -> string
  operation near(place: string) -> string
  operation far(place: string) -> string
  operation here() -> string
  operation there() -> string
  requires places
  release v1 = 1.0.0 stable {
    provider tiles
    env MAPS_KEY: secret
    env ZONE: string = "eu"
    config { base = "https://configured.example:8443/v1"  hosts = { far = "far.example" } }
    find = get "{config.base}/find/{place}" { result "/name" }
    near = get "https://{env.ZONE}.zones.example/near" { query { q = place }  result "/name" }
    far = get "https://{config.hosts.far}/far" { query { q = place }  result "/name" }
    here = get "/own/here" { result "/name" }
    there = get "https://server-only.example/there" { headers { x-key = env.MAPS_KEY }  result "/name" }
  }
  release v2 = 2.0.0 beta {
    provider flagged
    flag "use_v2"
    find = get "https://flagged.example/find" { query { q = place }  result "/name" }
  }
  release v3 = 3.0.0 development {
    provider later
    find = get "https://never-live.example/find" { query { q = place }  result "/name" }
  }
  active v1
  fallback v1 -> static
}
integration places {
  label "Places"  purpose "Know places"
  operation know(place: string) -> string
  release v1 = 1.0.0 stable {
    provider places
    know = get "https://required.example/know" { query { q = place }  result "/name" }
  }
}
