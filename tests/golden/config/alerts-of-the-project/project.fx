project shop {
  alert {
    scan > 9s
    error-rate > 2% over 10m
    fallback-rate >= 10% over 1h
  }
}
