integration maps {
  label "Map"
  purpose "Show where things are"
  operation find(text: string) -> json

  release v1 = 1.0.0 stable {
    provider atlas
    quota 100/s
    env ATLAS_KEY: secret
    find = get "https://atlas.example.com/find" { query { q = text  key = env.ATLAS_KEY } }
  }
  limits { rate 200/s }
  production { provider compass }
  fallback static
}
