integration cart {
  label "Cart"
  purpose "Collect what somebody wants to buy"
  release v1 = 1.0.0 stable { provider acme }
  release v2 = 2.0.0 stable {
    provider acme
    requires stock "1.x || 3.x"
    conflicts search ^2
  }
  release v3 = 3.0.0 stable {
    provider acme
    requires stock ^9
  }
  active v2
}

integration search {
  label "Search"
  purpose "Find articles by words"
  release v1 = 1.0.0 stable { provider acme }
  release v1_4 = 1.4.0 stable { provider acme }
  release v2 = 2.0.0 stable { provider acme }
}

integration stock {
  label "Stock"
  purpose "Know how many of an article are left"
  release v1 = 1.0.0 stable { provider acme }
  release v2 = 2.0.0 stable { provider acme }
  release v3 = 3.0.0 stable { provider acme }
  release v3_1 = 3.1.0 stable { provider acme }
}
