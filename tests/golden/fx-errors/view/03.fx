view a "A" {
  <p>text</p>
  div { p "x" }
}
