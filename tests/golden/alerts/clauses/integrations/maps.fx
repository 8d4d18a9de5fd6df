/// Draws maps.
integration maps {
  label "Map"
  purpose "Show where things are"
  owner "map-team"
  operation find(text: string) -> json

  release v1 = 1.0.0 stable { provider p1  find = get "https://p1.example.com/find" { query { q = text } } }
  fallback static
  limits { rate 50/s  timeout 2s  retry 1 constant 100ms }
  alert {
    fallback-rate > 5% over 5m
    error-rate >= 2.5% over 1h
    error-rate > 10% over 90s
    success-rate < 99.9% over 1d
    timeout-rate > 1% over 2500ms
    latency-p50 > 200ms over 10m
    latency-p90 >= 1s over 10m
    latency-p95 > 1500ms over 10m
    latency-p99 <= 2s over 7d
  }
}
