view broken "Broken" {
  main { h1 "x"
    div use { p "y" }
    input [name=] slot street
  }
}
