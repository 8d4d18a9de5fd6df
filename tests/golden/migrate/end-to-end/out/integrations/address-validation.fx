/// Only addresses that exist.
integration address-validation {
  label   "Address"
  purpose "Accept only addresses that exist"

  prop lang: "en" | "fr" = "en"        // of v2
  prop sensor: bool = false            // of v2
  prop country: "us" | "ca" = "us"
  prop strict: bool = false
  slot street: input
  type Address { street: string }
  operation validate(street: string) -> Address

  release v2 = 2.9.0 stable {
    provider google-places
    features validation, geo
    config { key = "public"  sensor = false  strict = "yes" }
    validate = get "https://places.example.com/lookup" {
      query { key = config.key  q = street }
      result { street = "/street" }
    }
  }
  release v3 = 3.2.0 stable {
    provider google-address-validation
    features validation, geocoding
    config {
      apiKey    = "public"
      strict = true
    }
    validate = get "https://address.example.com/{config.apiKey}/lookup" {
      query { key = config.apiKey  q = street }
      result { street = "/street" }
    }
    production { config { apiKey = "production" } }
  }

  active   v3
  fallback v3 -> v2 -> static
  route    percentage { v3 90%  v2 10% }
  migration-strategy parallel

  migrate v2 -> v3 {
    rename prop lang -> country
    value  prop lang "en" -> "us"
    value  prop lang "fr" -> "ca"
    drop   prop sensor
    rename feature geo -> geocoding
    rename config key -> apiKey
    drop   config sensor
    value  config strict "yes" -> true
  }
}
