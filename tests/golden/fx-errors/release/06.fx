integration a {
  release v3 = 3.2.0 {
    provider p
    env MAPS_KEY secret
    env KEY: secret /^[/
    env OTHER: secret "^A"
    env : string
  }
}
