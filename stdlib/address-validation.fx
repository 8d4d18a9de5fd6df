// address-validation: makes sure that what a person typed is an address that exists, and completes it.
//
// On a page:
//
//   <div data-integration="address-validation@>=2.4" data-integration-capabilities="validation,geocoding"
//        data-depends-on="geocoding">
//     <label for="street">Street</label>  <input id="street" name="street" data-slot="street">
//     <label for="city">City</label>      <input id="city" name="city" data-slot="city">
//   </div>
//
// Once street and city are there, the address is validated and every slot gets its part as the postal service spells it.
//
// Sources: developers.google.com/maps/documentation/address-validation (faq: 6,000 calls a minute),
// smarty.com/docs/apis/us-street-api.

/// Accepts only addresses that exist, and spells them as the postal service does.
integration address-validation {
  version 3.2.0
  author "fxc"
  modified 2026-11-22
  tags location, validation
  docs "https://developers.google.com/maps/documentation/address-validation"

  label "Select a valid address"
  purpose "Accept only addresses that exist, spelled as the postal service spells them"
  render input-field
  validates physical_address
  provides formatted_address, coordinates

  /// Where addresses are looked for. Smarty knows those of the United States only.
  prop country: "us" | "ca" | "de" = "us"
  /// How long to wait for more typing before a call.
  prop debounce: duration = 300ms

  slot street: input
  slot city: input?
  slot region: input?
  slot postcode: input?

  event validated(address: Address)
  event rejected(reason: string)

  type Address {
    street: string
    city: string?
    region: string?
    postcode: string?
    formatted: string?
    complete: bool?
    lat: number?
    lng: number?
  }

  /// The address as the provider knows it, with its coordinates.
  operation validate(street: string, city: string?, region: string?, postcode: string?) -> Address

  on change of street, city after debounce {
    call validate(
      street = street.value,
      city = city.value,
      region = region.value,
      postcode = postcode.value
    ) -> address
    fill street = address.street, city = address.city, region = address.region,
      postcode = address.postcode
    emit validated(address)
  }

  requires geocoding ">=1.2 || ^3.0.0-beta"

  // Addresses of the United States only.
  release v2 = 2.4.0 stable {
    released 2025-06-01
    provider smarty
    features validation, geocoding
    env SMARTY_AUTH_ID: secret /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
    env SMARTY_AUTH_TOKEN: secret
    config { candidates = 1  match = "strict" }
    validate = get "https://us-street.api.smarty.com/street-address" {
      query {
        auth-id = env.SMARTY_AUTH_ID
        auth-token = env.SMARTY_AUTH_TOKEN
        street = street
        city = city
        state = region
        zipcode = postcode
        candidates = config.candidates
        match = config.match
      }
      result {
        street = "/0/delivery_line_1"
        city = "/0/components/city_name"
        region = "/0/components/state_abbreviation"
        postcode = "/0/components/zipcode"
        lat = "/0/metadata/latitude"
        lng = "/0/metadata/longitude"
      }
    }
  }

  release v3 = 3.2.0 stable {
    released 2026-03-01
    provider google-address-validation "^1.0"
    quota 6000/m
    features autocomplete, validation, geocoding
    env MAPS_KEY: secret /^AIza[0-9A-Za-z_-]{35}$/
    config { regionCode = "US"  enableUspsCass = false }
    validate = post "https://addressvalidation.googleapis.com/v1:validateAddress" {
      query { key = env.MAPS_KEY }
      json {
        address = {
          regionCode = config.regionCode
          administrativeArea = region
          locality = city
          postalCode = postcode
          addressLines = [street]
        }
        enableUspsCass = config.enableUspsCass
      }
      result {
        formatted = "/result/address/formattedAddress"
        street = "/result/address/postalAddress/addressLines/0"
        city = "/result/address/postalAddress/locality"
        region = "/result/address/postalAddress/administrativeArea"
        postcode = "/result/address/postalAddress/postalCode"
        complete = "/result/verdict/addressComplete"
        lat = "/result/geocode/location/latitude"
        lng = "/result/geocode/location/longitude"
      }
    }
  }

  active v3
  fallback v3 -> smarty -> manual-entry

  production {
    optimizations result-caching
    monitoring { track_usage = true  alert_on_errors = true }
  }

  budget 20s
  repeatable validate  // a POST that only asks
  limits {
    // Google's 6,000 a minute
    rate 100/s
    burst 100
    timeout 2s
    retry 3 exponential 200ms..5s
    breaker 5 failures reset 30s
  }

  alert {
    fallback-rate > 5% over 5m
    error-rate > 1% over 5m
  }
}
