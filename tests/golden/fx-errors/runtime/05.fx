integration a {
  canary v1 {
    rollback error-rate > 5%
    1% for
    5% during 4h
  }
}
