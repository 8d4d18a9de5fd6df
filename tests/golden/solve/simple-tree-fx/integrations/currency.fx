integration currency {
  label "Currency"
  purpose "Convert prices between currencies"
  release v0_9 = 0.9.0 stable { provider acme }
  release v1 = 1.0.0 stable { provider acme }
}
