integration maps {
  label "L"  purpose "P"
  operation find(text: string) -> json
  release v1 = 1.0.0 stable { provider p1  find = get "https://p1.example.com/find" { query { q = text } } }
  fallback static
  limits { timeout 20s }
  alert {
    fallback-rate > 5% over 5m
    error-rate > 1% over 5m
    success-rate < 98% over 5m
    timeout-rate > 0.5% over 5m
    latency-p95 > 800ms over 5m
  }
}
