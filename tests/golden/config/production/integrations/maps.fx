integration maps {
  label "A"
  purpose "B"
  operation find(id: string)
  operation near(id: string)
  release v1 = 1.0.0 stable {
    provider a
    env KEY: secret
    env MODE: string = "fast"
    find = get "/{id}" { query { mode = env.MODE } }
    near = get "/{id}" { query { mode = env.MODE } }
    production {
      provider b
      cache 5m
      config { zone = "eu" }
      find = get "https://example.com/{id}" { bearer env.KEY }
    }
  }
  fallback static
  limits { retry 3  breaker 4 failures }
}
