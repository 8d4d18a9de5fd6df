view v "V" {
  div use a@^2 (lang = "en") { p "x" }
  div use "a@>=2 <3" { p "y" }
}
