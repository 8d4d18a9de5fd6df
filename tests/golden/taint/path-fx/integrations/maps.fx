integration maps {
  label "Maps"  purpose "Show where things are"
  release v1 = 1.0.0 stable {
    provider tiles
    module "@acme/tiles"
    env MAPS_KEY: secret  env ZONE: string = "eu"
    config {
      center = "52.5,13.4"
      account = { keys = [env.ZONE, env.MAPS_KEY] }
    }
  }
}
