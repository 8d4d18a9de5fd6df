integration cart {
  label "Cart"
  purpose "Collect what somebody wants to buy"
  optional maps ^2
  release v1 = 1.0.0 stable { provider acme }
}

integration maps {
  label "Maps"
  purpose "Draw places on a map"
  release v1 = 1.0.0 stable { provider acme }
  release v2 = 2.0.0 stable { provider acme }
  release v3 = 3.0.0 stable { provider acme }
}
