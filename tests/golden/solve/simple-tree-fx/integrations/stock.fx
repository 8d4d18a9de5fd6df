integration stock {
  label "Stock"
  purpose "Know how many of an article are left"
  release v1 = 1.0.0 stable { provider acme }
}
