project shop {
  output = "generated"
  phase: production
}
