integration cart {
  label "Cart"
  purpose "Collect what somebody wants to buy"
  release v1 = 1.0.0 stable {
    provider acme
    requires stock ^4
  }
  release v2 = 2.0.0 stable {
    provider acme
    requires stock ^5
  }
}

integration stock {
  label "Stock"
  purpose "Know how many of an article are left"
  release v1 = 1.0.0 stable { provider acme }
}
