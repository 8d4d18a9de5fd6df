integration maps {
  label "A"
  purpose "B"
  release v1 = 1.0.0 stable { provider a }
  fallback static
  alert { error-rate > 3% over 5m  latency-p95 > 1s over 10m }
}
