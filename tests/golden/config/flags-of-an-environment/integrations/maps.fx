integration maps {
  label "A"
  purpose "B"
  release v1 = 1.0.0 stable { provider a }
  release v2 = 2.0.0 stable { flag "two"  provider b }
  release v3 = 3.0.0 stable { flag "three"  provider c }
  release v4 = 4.0.0 stable { flag "four"  provider d }
  active v1
  fallback v4 -> v3 -> v2 -> static
  route v2 10% when plan == "gold"
}
