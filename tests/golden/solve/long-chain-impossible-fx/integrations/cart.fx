integration cart {
  label "Cart"
  purpose "Collect what somebody wants to buy"
  requires stock ^1
  release v1 = 1.0.0 stable { provider acme }
  release v1_1 = 1.1.0 stable { provider acme }
}
