/// Draws maps.
integration maps {
  label "Map"
  purpose "Show where things are"
  operation find(text: string) -> json

  release v1 = 1.0.0 stable { provider p1  find = get "https://p1.example.com/find" { query { q = text } } }
  fallback static
  limits { rate 50/s  timeout 2s }
  alert {
    error-rate > 100% over 5m
    latency-p95 > 2s over 5m
    success-rate < 0% over 5m
  }
}
