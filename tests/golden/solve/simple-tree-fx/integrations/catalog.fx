integration catalog {
  label "Catalog"
  purpose "Show what is for sale"
  requires images ^1
  requires stock ^1
  release v1 = 1.0.0 stable { provider acme }
  release v1_1 = 1.1.0 stable { provider acme }
}
