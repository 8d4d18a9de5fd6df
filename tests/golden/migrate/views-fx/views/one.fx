// a view
view one "One" {
  main {
    div use a@^2 (lang = "en", sensor = "x") { p "both" }
    div use a@^2 (sensor = "x", lang = "fr") { p "the first goes" }  // kept
    div use a@~2.9 (sensor = "x") { p "the only one goes" }
    div use a (
      lang = "en",
      sensor = "x"
    ) { p "lines" }
    div [data-integration="a@^2" data-integration-sensor=x data-integration-lang="en" data-integration-capabilities="geo, other"] { p "as HTML" }
    div use "a@>=2 <3" (exact = true) { p "quoted" }
    div use a@^2 (capabilities = ["geo", "other"]) optional { p "a list" }
    div [data-integration-sensor="x"] use a@2.9.0 { p "brackets" }
  }
}
