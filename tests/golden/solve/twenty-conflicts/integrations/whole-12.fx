integration whole-12 {
  label   "Needs one"
  purpose "One of several"
  release v1 = 1.0.0 stable {
    provider a
    requires part-12 ^2
  }
}
