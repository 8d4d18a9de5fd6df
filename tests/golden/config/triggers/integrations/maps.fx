integration maps {
  label "A"
  purpose "B"
  release v1 = 1.0.0 stable { provider a  trigger "auth, 5xx" }
  release v2 = 2.0.0 stable { provider b  trigger timeout }
  release v3 = 3.0.0 stable { provider c }
  release v4 = 4.0.0 stable { provider d }
  release v5 = 5.0.0 stable { provider e }
  release v6 = 6.0.0 stable { provider f }
  active v6
  fallback v5 trigger primary_failure -> v4 trigger budget_spent -> v3 trigger "Rate-Limit|slow" -> v2 trigger start_failure -> v1 -> static
}
