integration a {
  limits {
    retry 3 exponental 200ms..5s
    retry
    batch within
    breaker failures 5
  }
}
