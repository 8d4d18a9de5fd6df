view v "V" {
  div use "a@^2||^3" (country = "us") { p "x" }
  div use "a@>=2 <3 || >=3 <4" { p "y" }
}
