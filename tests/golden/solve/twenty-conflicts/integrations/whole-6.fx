integration whole-6 {
  label   "Needs one"
  purpose "One of several"
  release v1 = 1.0.0 stable {
    provider a
    requires part-6 ^2
  }
}
