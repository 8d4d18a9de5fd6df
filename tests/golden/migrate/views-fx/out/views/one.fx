// a view
view one "One" {
  main {
    div use a@^3 (country = "us") { p "both" }
    div use a@^3 (country = "ca") { p "the first goes" }  // kept
    div use a@~3.2 { p "the only one goes" }
    div use a (
      country = "us"
    ) { p "lines" }
    div [data-integration="a@^3" data-integration-country="us" data-integration-capabilities="geocoding, other"] { p "as HTML" }
    div use "a@>=3 <4" (exact = false) { p "quoted" }
    div use a@^3 (capabilities = ["geocoding", "other"]) optional { p "a list" }
    div use a@3.2.0 { p "brackets" }
  }
}
