integration checkout {
  label "Checkout"
  purpose "Turn a cart into an order"
  requires cart ^1
  release v1 = 1.0.0 stable { provider acme }
}

integration cart {
  label "Cart"
  purpose "Collect what somebody wants to buy"
  requires stock ^2
  release v1 = 1.0.0 stable { provider acme }
  release v2 = 2.0.0 stable { provider acme }
}

integration stock {
  label "Stock"
  purpose "Know how many of an article are left"
  requires storage ^1
  release v2 = 2.0.0 stable { provider acme }
  release v3 = 3.0.0 stable { provider acme }
}

integration storage {
  label "Storage"
  purpose "Keep files"
  requires queue ^3
  release v1 = 1.0.0 stable { provider acme }
}

integration queue {
  label "Queue"
  purpose "Keep work for later"
  release v3 = 3.0.0 stable { provider acme }
  release v4 = 4.0.0 stable { provider acme }
}
