integration queue {
  label "Queue"
  purpose "Keep work for later"
  release v1 = 1.0.0 stable { provider acme }
  release v2 = 2.0.0 stable { provider acme }
}
