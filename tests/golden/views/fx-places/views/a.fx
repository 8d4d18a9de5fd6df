view places "Places" {
  main {
    h1 "Places"
    div use adress-validation@^3 {}
    div use address-validation@^^4 (countri = "us", country = "m\u{78}") depends nowhere, geographic-display {
      input [name="a" aria-label="A"] slot stret
    }
    div use address-validation (capabilities = ["validation", "autocompletion"], bounds = { a = 1 }) {
      input [name="b" aria-label="B" onclick="go()"] slot street
      a [href="javascript:go()"] "Go"
    }
  }
}
