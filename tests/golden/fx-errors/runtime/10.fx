integration a {
  label "L" purpose "P" release v1 = 1.0.0 { provider p }
  canary v1 { 1% for 1h 100% }
  canary v1 { 1% for 1h 100% }
  rollback when error-rate > 5%
  rate 50/s
  retry 3
}
