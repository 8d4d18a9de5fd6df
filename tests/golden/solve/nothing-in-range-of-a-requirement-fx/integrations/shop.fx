integration cart {
  label "Cart"
  purpose "Collect what somebody wants to buy"
  requires stock ^5
  release v1 = 1.0.0 stable { provider acme }
  release v2 = 2.0.0 stable { provider acme }
}

integration stock {
  label "Stock"
  purpose "Know how many of an article are left"
  release v1 = 1.0.0 stable { provider acme }
  release v2 = 2.0.0 stable { provider acme }
}
