/// Makes sure that a visit is only ever booked for an address that exists.
integration address-validation {
  label   "Select Valid Service Address"
  purpose "Ensure accurate service location data"
  render  input-field
  owner   "checkout-team"
  docs    "https://docs.example.com/address"
  tags    location, validation

  // what a page may say and must contain
  prop  country: "us" | "ca" | "de" = "us"      // data-integration-country
  prop  debounce: duration = 300ms
  slot  street: input                           // a descendant with data-slot="street", an <input>
  slot  city: input?                            // optional
  event validated(address: Address)
  provides formatted_address, coordinates

  type Address { street: string  city: string  postcode: string?  lat: number  lng: number }
  operation validate(street: string, city: string?) -> Address

  // which behaviour the markup gets
  on change of street, city after debounce {
    call validate(street = street.value, city = city.value) -> address
    fill street = address.street, city = address.city
    emit validated(address)
  }

  release v3 = 3.2.0 stable {
    provider google-address-validation "^11.0"  // and the range of its SDK
    features autocomplete, validation, geocoding
    requires geocoding ^2.1                     // another integration, a semver range
    conflicts legacy-address-lookup "*"
    env MAPS_KEY: secret /^AIza[0-9A-Za-z_-]{35}$/
    config { regionCode = "US"  languages = ["en", "es"]  strict = true }
    validate = post "https://addressvalidation.googleapis.com/v1:validateAddress" {
      query { key = env.MAPS_KEY }
      json  { address = { regionCode = config.regionCode  addressLines = [street, city] } }
      result {
        street = "/result/address/postalAddress/addressLines/0"
        city   = "/result/address/postalAddress/locality"
        lat    = "/result/geocode/location/latitude"
        lng    = "/result/geocode/location/longitude"
      }
    }
    production { config { strict = false }  cache 10m }   // overlays for --phase=production
  }
  release v2 = 2.9.0 deprecated {
    provider google-places
    until 2026-06-30  replaced-by v3
    guide "./migrations/address-v2-to-v3.md"
    module "@acme/google-places"                // hand-written adapter instead of an HTTP binding
  }
  release v4 = 4.0.0-beta.1 beta { provider smarty  flag "use_smarty" }

  active   v3
  fallback v3 -> v2 -> static                   // static (also: manual-entry): the concept's own markup, always works
  route    percentage { v3 90%  v2 10% }        // sticky by the context's targeting key
  route    v4 when accountType in ["enterprise", "premium"]
  canary   v4 { 1% for 1h  5% for 4h  25% for 24h  50% for 48h  100%
                rollback when error-rate > 5% or latency-p99 > 2s }
  limits   { rate 50/s burst 100  concurrency 8  timeout 2s  queue 200
             retry 3 exponential 200ms..5s  batch 20 within 10ms
             breaker 5 failures reset 60s }
  alert    { fallback-rate > 5% over 5m  error-rate > 1% over 5m  latency-p95 > 800ms over 5m }

  migrate v2 -> v3 {
    rename prop lang -> country                 // rewrites concepts
    rename config key -> MAPS_KEY               // rewrites manifests and overrides
    drop   config sensor
    value  config strict "yes" -> true
  }
}
