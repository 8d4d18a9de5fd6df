integration maps {
  label "Maps"  purpose "Show where things are"
  release v1 = 1.0.0 stable { provider first  module "#a"  env KEY: secret /^test_/  env ZONE: string = "eu" }
}
integration places {
  label "Places"  purpose "Find them"
  release v1 = 1.0.0 stable { provider second  module "#a"  env KEY: secret /^live_/  env ZONE: string }
}
