integration part-4 {
  label   "Needs one"
  purpose "One of several"
  release v1 = 1.0.0 stable { provider a }
  release v2 = 2.0.0 stable { provider a }
}
