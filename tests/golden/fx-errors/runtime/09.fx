integration a {
  label "L" purpose "P" release v1 { provider p }
  alert { eror-rate > 5% over 5m
    latency-p95 > 800ms
    error-rate > 5s over 5m
    error-rate > 5% over soon }
}
