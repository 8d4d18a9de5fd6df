// On its way from v2 to v3: one call in ten goes to v3, each release falls back on the other, and pages still say what
// v2 wanted to know. `fxc migrate town-lookup v2 v3 --activate` changes the pages and makes v3 the active release.

/// Finds the town that belongs to a postcode.
integration town-lookup {
  label "Town of a postcode"
  purpose "Save people from typing the name of their town"
  render input-field
  provides town

  /// The language of the town's name, as pages said it up to v2.
  prop language: "english" | "german" = "english"
  /// The language of the town's name.
  prop lang: "en" | "de" = "en"

  slot postcode: input
  slot town: input

  type Town { name: string }
  operation find(postcode: string, lang: string) -> Town

  on change of postcode {
    call find(postcode = postcode.value, lang = lang) -> found
    fill town = found.name
  }

  // Knows every town in one language only.
  release v2 = 2.4.0 stable {
    provider zippopotam
    features town-names
    find = get "https://api.zippopotam.us/de/{postcode}" {
      result { name = "/places/0/place name" }
    }
  }

  release v3 = 3.0.0 stable {
    provider nominatim
    features town-names, languages
    config { format = "jsonv2"  max = 1 }  // `max` came along from an older manifest
    find = get "https://nominatim.openstreetmap.org/search" {
      query {
        postalcode = postcode
        countrycodes = "de"
        format = config.format
        limit = config.max
        accept-language = lang
      }
      result { name = "/0/name" }
    }
  }

  active v2
  fallback v2 -> v3 -> static
  route percentage { v2 90%  v3 10% }
  migration-strategy parallel

  migrate v2 -> v3 {
    rename prop language -> lang
    value prop language "english" -> "en"
    value prop language "german" -> "de"
    rename config max -> limit
  }
}
