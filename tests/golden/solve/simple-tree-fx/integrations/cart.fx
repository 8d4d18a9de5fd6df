integration cart {
  label "Cart"
  purpose "Collect what somebody wants to buy"
  requires currency ^1
  release v2 = 2.0.0 stable { provider acme }
}
