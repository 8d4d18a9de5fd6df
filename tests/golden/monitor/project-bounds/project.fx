project atlas {
  alert {
    scan > 1h
    fallback-rate > 50%
    error-rate > 2% over 5m
  }
}
