project shop {
  discover { sugest b when xpath "//p"  output "x" }
  attribute "data-x"
}
