view a "A" {
  use { p "x" }
  slot street
  input [name=street required
  p "x"
}
