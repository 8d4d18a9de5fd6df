// geographic-display: a map of a place and of the territory that can be reached from it.
//
// On a page:
//
//   <figure data-integration="geographic-display" data-depends-on="geocoding"
//           data-integration-zoom="11" data-integration-center="36.97,-122.03">
//     <div data-slot="map"><img src="territory.svg" alt="Where we deliver"></div>
//     <figcaption>Where we deliver</figcaption>
//   </figure>
//
// What stands in slot `map` is what people see until a map is there, and where none can be had. `tiles` answers what
// any map library needs to draw (a TileJSON source), `territory` the area within a quarter of an hour by car, as a
// GeoJSON geometry. The keys are public ones: browsers fetch the tiles themselves, so restrict them to your site's
// address in the provider's console.
//
// Sources: docs.mapbox.com/api/maps/raster-tiles, docs.mapbox.com/api/navigation/isochrone (300 calls a minute),
// docs.maptiler.com/cloud/api/maps, openrouteservice.org/dev (isochrones).

/// Shows a place on a map, and the area that can be reached from it.
integration geographic-display {
  version 2.0.0
  author "fxc"
  modified 2026-11-22
  tags location, map
  docs "https://docs.mapbox.com/api/maps/raster-tiles/"

  label "Service area map"
  purpose "Show where something is, and how far from it a service reaches"
  render map
  provides map, territory

  prop zoom: int = 10
  /// Latitude and longitude.
  prop center: number[]?

  /// Holds the map; its content is the fallback.
  slot map: any

  event drawn(tiles: Tiles)

  /// A source of tiles, as TileJSON has it: `url` has {z}, {x} and {y}.
  type Tiles { url: string  attribution: string?  minzoom: number?  maxzoom: number? }
  /// A GeoJSON geometry.
  type Area { shape: json }

  operation tiles() -> Tiles
  operation territory(lat: number, lng: number) -> Area

  requires geocoding ">=1.2 || ^3.0.0-beta"

  // Has no territories: where v2 falls back to it, the map is drawn without one.
  release v1 = 1.2.0 stable {
    released 2025-03-01
    provider maptiler
    features tiles
    env MAPTILER_KEY: string
    config { map = "streets-v4" }
    tiles = get "https://api.maptiler.com/maps/{config.map}/tiles.json" {
      query { key = env.MAPTILER_KEY }
      result {
        url = "/tiles/0"
        attribution = "/attribution"
        minzoom = "/minzoom"
        maxzoom = "/maxzoom"
      }
    }
  }

  release v2 = 2.0.0 stable {
    released 2026-02-01
    provider mapbox
    features tiles, territory, satellite
    env MAPBOX_TOKEN: string /^pk\./
    config { tileset = "mapbox.satellite"  profile = "driving"  minutes = 15 }
    tiles = get "https://api.mapbox.com/v4/{config.tileset}.json" {
      query { secure = true  access_token = env.MAPBOX_TOKEN }
      result {
        url = "/tiles/0"
        attribution = "/attribution"
        minzoom = "/minzoom"
        maxzoom = "/maxzoom"
      }
    }
    territory = get "https://api.mapbox.com/isochrone/v1/mapbox/{config.profile}/{lng},{lat}" {
      query { contours_minutes = config.minutes  polygons = true  access_token = env.MAPBOX_TOKEN }
      result { shape = "/features/0/geometry" }
    }
  }

  // Territories alone, from OpenStreetMap's roads; its key is a secret one.
  release v3 = 3.0.0-beta.1 beta {
    available-from 2026-10-01
    flag "use_openrouteservice"
    provider openrouteservice
    features territory
    env OPENROUTESERVICE_KEY: secret
    config { profile = "driving-car"  seconds = 900 }
    territory = post "https://api.openrouteservice.org/v2/isochrones/{config.profile}" {
      headers { Authorization = env.OPENROUTESERVICE_KEY }
      json { locations = [[lng, lat]]  range = [config.seconds] }
      result { shape = "/features/0/geometry" }
    }
  }

  active v2
  fallback v2 -> v1 -> static

  production {
    optimizations result-caching
    monitoring { track_usage = true }
    cache 1d
  }

  budget 35s
  repeatable territory  // a POST that only asks
  limits {
    rate 300/m  // Mapbox's for territories
    timeout 5s
    retry 2 exponential 300ms..3s
    breaker 5 failures reset 60s
  }

  alert {
    fallback-rate > 10% over 15m
    latency-p95 > 2s over 5m
  }
}
