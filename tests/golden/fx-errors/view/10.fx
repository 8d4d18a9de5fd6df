view a {
  div {
    p "x"
  footer { p "y" }
}
view b {
  p "x" }
}
