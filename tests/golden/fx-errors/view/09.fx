view a "A" {
  "loose"
  text loose
  div depends { p "x" }
}
