integration stock {
  label "Stock"
  purpose "Know how many of an article are left"
  requires storage ^1
  release v1 = 1.0.0 stable { provider acme }
}
