integration a {
  canary v1 { 1% 1h  5% for 4 hours }
  canary { 1% for 1h }
}
