/// Draws maps.
integration maps {
  label "Map"
  purpose "Show where things are"
  operation find(text: string) -> json

  release v1 = 1.0.0 stable { provider p1  find = get "https://p1.example.com/find" { query { q = text } } }
  limits { rate 50/s }
  alert {
    fallback-rate > 5% over 5m
    timeout-rate > 5% over 5m
    scan > 5s over 5m
  }
}
