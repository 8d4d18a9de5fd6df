integration catalog {
  label "Catalog"
  purpose "Show what is for sale"
  requires stock ~1.2
  release v1 = 1.0.0 stable { provider acme }
}

integration cart {
  label "Cart"
  purpose "Collect what somebody wants to buy"
  requires stock ">=1.2.3"
  release v1 = 1.0.0 stable { provider acme }
}

integration stock {
  label "Stock"
  purpose "Know how many of an article are left"
  release v1_2 = 1.2.0 stable { provider acme }
  release v1_2_3 = 1.2.3 stable { provider acme }
  release v1_2_9 = 1.2.9 stable { provider acme }
  release v1_3 = 1.3.0 stable { provider acme }
}
