integration maps {
  label "A"
  purpose "B"
  operation find(id: string)
  operation near(id: string)
  operation constructor(id: string)
  release v1 = 1.0.0 stable {
    provider a
    env KEY: secret
    find = get "https://example.com/{id}" { bearer env.KEY }
    near = get "/near/{id}" {}
    constructor = get "https://example.com/{id}" { bearer env.KEY }
  }
  fallback static
  limits { batch 10 within 5ms }
}
integration plain {
  label "A"
  purpose "B"
  operation find(id: string)
  release v1 = 1.0.0 stable {
    provider a
    env KEY: secret
    find = get "https://example.com/{id}" { bearer env.KEY }
  }
  fallback static
  limits { rate 5/s }
}
