// geocoding: turns an address into a place on the earth.
//
// Other integrations require it (`requires geocoding ">=1.2 || ^3.0.0-beta"`, with all that it may fall back to); a page may use it directly:
//
//   <div data-integration="geocoding">
//     <label for="where">Address</label> <input id="where" name="where" data-slot="address">
//   </div>
//
// v2 is Google's, worldwide and with a key. v1 is the US Census Bureau's, free and without one, for the United States
// only; it is what v2 falls back to. v3 is OpenStreetMap's Nominatim behind a flag: its public server allows one request
// a second for everybody who uses your site together, so set `limits` to match, or run an instance of your own.
//
// Sources: developers.google.com/maps/documentation/geocoding (usage-and-billing: 3,000 calls a minute),
// geocoding.geo.census.gov/geocoder/Geocoding_Services_API.html, nominatim.org/release-docs/latest/api/Search,
// operations.osmfoundation.org/policies/nominatim.

/// Turns a postal address into latitude and longitude.
integration geocoding {
  version 2.1.0
  author "fxc"
  modified 2026-11-22
  tags location
  docs "https://developers.google.com/maps/documentation/geocoding"

  label "Find coordinates of an address"
  purpose "Turn a postal address into latitude and longitude"
  render background-service
  provides coordinates, formatted_address

  slot address: input

  event located(location: Location)

  type Location { formatted: string  lat: number  lng: number }

  /// The best match for an address on one line.
  operation geocode(address: string) -> Location

  on change of address {
    call geocode(address = address.value) -> location
    emit located(location)
  }

  release v1 = 1.2.0 stable {
    released 2024-09-01
    provider us-census-geocoder
    features forward-geocoding
    config { benchmark = "Public_AR_Current"  format = "json" }
    geocode = get "https://geocoding.geo.census.gov/geocoder/locations/onelineaddress" {
      query { address = address  benchmark = config.benchmark  format = config.format }
      result {
        formatted = "/result/addressMatches/0/matchedAddress"
        lat = "/result/addressMatches/0/coordinates/y"
        lng = "/result/addressMatches/0/coordinates/x"
      }
    }
  }

  release v2 = 2.1.0 stable {
    released 2025-11-01
    provider google-geocoding
    quota 3000/m
    features forward-geocoding, region-biasing
    env MAPS_KEY: secret /^AIza[0-9A-Za-z_-]{35}$/
    config { region = "us"  language = "en" }
    geocode = get "https://maps.googleapis.com/maps/api/geocode/json" {
      query {
        address = address
        region = config.region
        language = config.language
        key = env.MAPS_KEY
      }
      result {
        formatted = "/results/0/formatted_address"
        lat = "/results/0/geometry/location/lat"
        lng = "/results/0/geometry/location/lng"
      }
    }
  }

  release v3 = 3.0.0-beta.1 beta {
    available-from 2026-10-01
    flag "use_openstreetmap"
    rollout stage_1 = internal_testing
    rollout stage_2 = beta_customers
    provider nominatim
    features forward-geocoding
    // geojson: numbers, where its other formats have strings
    config { format = "geojson"  countrycodes = "us"  limit = 1 }
    geocode = get "https://nominatim.openstreetmap.org/search" {
      query {
        q = address
        format = config.format
        countrycodes = config.countrycodes
        limit = config.limit
      }
      result {
        formatted = "/features/0/properties/display_name"
        lat = "/features/0/geometry/coordinates/1"
        lng = "/features/0/geometry/coordinates/0"
      }
    }
  }

  active v2
  fallback v2 -> us-census-geocoder -> manual-entry

  production {
    optimizations result-caching
    monitoring { track_usage = true  alert_on_errors = true }
  }

  budget 15s
  limits {
    rate 50/s  // Google's 3,000 a minute
    timeout 2s
    retry 2 exponential 200ms..2s
    breaker 5 failures reset 30s
  }

  alert {
    error-rate > 1% over 5m
    latency-p95 > 800ms over 5m
  }
}
