/// Draws maps.
integration maps {
  label "Map"
  purpose "Show where things are"
  operation find(text: string) -> json

  release v1 = 1.0.0 stable { provider p1  find = get "https://p1.example.com/find" { query { q = text } } }
  fallback static
  limits { timeout 2s }
  alert {
    latency-p50 > 0ms over 5m
    error-rate >= 0% over 5m
    success-rate <= 100% over 5m
    latency-p95 < 3s over 5m
  }
}
