integration whole-3 {
  label   "Needs one"
  purpose "One of several"
  release v1 = 1.0.0 stable {
    provider a
    requires part-3 ^2
  }
}
