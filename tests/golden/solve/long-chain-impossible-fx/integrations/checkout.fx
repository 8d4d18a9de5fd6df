integration checkout {
  label "Checkout"
  purpose "Turn a cart into an order"
  requires cart ^1
  release v1 = 1.0.0 stable { provider acme }
}
