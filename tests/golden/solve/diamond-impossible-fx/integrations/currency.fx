integration currency {
  label "Currency"
  purpose "Convert prices between currencies"
  release v1 = 1.0.0 stable { provider acme }
  release v2 = 2.0.0 stable { provider acme }
}
