integration cart {
  label "Cart"
  purpose "Collect what somebody wants to buy"
  requires currency ^1
  release v1 = 1.0.0 stable { provider acme }
}
