view account "Account" {
  main { div use geocoding@^3 { text "x" }
    div use geocoding@~3.2 optional { text "y" } }
}
