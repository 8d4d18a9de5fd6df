view uses "Uses" {
  main {
    h1 "Uses"
    div use address-validation (country = "us", bounds = { south = 40, names = ["a", true] }) use geographic-display (country = "us") {
      label [for="a"] "A"
      input #a [name="a"] slot street
    }
    div use "address-validation@>=3 <4" (languages = ["en", "es"]) {
      label [for="b"] "B"
      input #b [name="b"] slot street
    }
  }
}
