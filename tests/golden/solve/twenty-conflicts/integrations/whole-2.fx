integration whole-2 {
  label   "Needs one"
  purpose "One of several"
  release v1 = 1.0.0 stable {
    provider a
    requires part-2 ^2
  }
}
