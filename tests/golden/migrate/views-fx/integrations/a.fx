integration a {
  label "A"  purpose "What the pages need"
  prop lang: string?
  prop sensor: string?
  prop exact: bool?
  prop country: "us" | "ca" = "us"
  release v2 = 2.9.0 stable { provider old  features geo, other }
  release v3 = 3.2.0 stable { provider new  features geocoding, other }
  active v2
  migrate v2 -> v3 {
    rename prop lang -> country
    value prop lang "en" -> "us"
    value prop lang "fr" -> "ca"
    drop prop sensor
    rename feature geo -> geocoding
    value prop exact "true" -> false
  }
}
