project atlas {
  alert {
    scan > 10s
    error-rate > 2% over 10m
    latency-p99 > 2s
  }
}
