// Shows the service area and answers whether an address lies in it. Coordinates come from address-validation.
integration geographic-display {
  version 1.1.0
  author "storefront"
  tags location, map

  label "Service area map"
  purpose "Show where deliveries go and whether an address is among them"
  render map
  requires address-validation ">=2.4"
  provides coverage

  prop zoom: int = 8
  prop center: number[]
  slot map: div

  type Coverage { covered: bool  tour: string? }
  operation cover(lat: number, lng: number) -> Coverage

  release v1 = 1.1.0 stable {
    provider tidewater-tours
    features coverage, static-map
    config { unit = "miles" }
    cover = get "/tours/coverage" { query { lat = lat  lng = lng } }
  }

  fallback manual-entry
  budget 7s
  limits {
    rate 10/s
    timeout 3s
    retry 1 exponential 200ms..1s
    breaker 5 failures reset 30s
  }
  alert {
    fallback-rate > 5% over 5m
    latency-p95 > 1s over 5m
  }
}
