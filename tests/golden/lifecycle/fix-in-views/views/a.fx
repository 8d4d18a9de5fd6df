view account "Account" {
  main { div use geocoding@^2 { text "x" }
    div use geocoding@~2.9 optional { text "y" } }
}
