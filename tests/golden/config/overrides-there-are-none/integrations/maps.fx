// The overrides name v1, which nothing else makes live, and v2, which a flag does; and switch on the flag of v4.
integration maps {
  label "A"
  purpose "B"
  release v1 = 1.0.0 stable { provider a }
  release v2 = 2.0.0 stable { flag "two"  provider b }
  release v3 = 3.0.0 stable { provider c }
  release v4 = 4.0.0 stable { flag "four"  provider d }
  release v5 = 5.0.0 stable { flag "five"  provider e }
  active v3
  fallback v5 -> static
}
integration plans {
  label "A"
  purpose "B"
  release v1 = 1.0.0 stable { provider a }
  release v2 = 2.0.0 stable { provider b }
  release v3 = 3.0.0 stable { provider c }
  active v3
  fallback static
  route v2 10% when plan == "gold"
}
