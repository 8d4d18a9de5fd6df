// The weather of a place, from two services. v2 is what pages get; one call in ten goes to v1, so that somebody would
// notice if it stopped working; and when v2 fails, v1 answers, and behind both stands what the page itself says.

/// Shows how warm and how windy it is at a place.
integration weather-display {
  version 2.0.0
  author "two-providers"
  tags weather

  label "Weather at the pier"
  purpose "Tell people before they leave whether the boats go out"
  render panel
  provides temperature, wind

  /// Where, in degrees.
  prop latitude: number
  prop longitude: number

  slot refresh: button
  slot temperature: output
  slot wind: output?

  event updated(weather: Weather)

  /// Degrees Celsius, and kilometres an hour.
  type Weather { temperature: number  wind: number? }

  operation current(latitude: number, longitude: number) -> Weather

  on click of refresh {
    call current(latitude = latitude, longitude = longitude) -> weather
    fill temperature = weather.temperature, wind = weather.wind
    emit updated(weather)
  }

  // Needs a key. Wind in metres a second is all it has, so this release leaves it out.
  release v1 = 1.4.0 stable {
    provider openweathermap
    features current-weather
    env OPENWEATHERMAP_KEY: secret /^[0-9a-f]{32}$/
    config { units = "metric" }
    current = get "https://api.openweathermap.org/data/2.5/weather" {
      query {
        lat = latitude
        lon = longitude
        units = config.units
        appid = env.OPENWEATHERMAP_KEY
      }
      result { temperature = "/main/temp" }
    }
  }

  // Needs none.
  release v2 = 2.0.0 stable {
    provider open-meteo
    features current-weather, wind
    config { current = "temperature_2m,wind_speed_10m" }
    current = get "https://api.open-meteo.com/v1/forecast" {
      query { latitude = latitude  longitude = longitude  current = config.current }
      result { temperature = "/current/temperature_2m"  wind = "/current/wind_speed_10m" }
    }
  }

  active v2
  fallback v2 -> v1 -> static
  route percentage { v2 90%  v1 10% }

  limits {
    rate 600/m  // what Open-Meteo allows without a contract
    timeout 3s
    retry 1 exponential 200ms..1s
    breaker 5 failures reset 60s
  }

  alert { fallback-rate > 20% over 15m }
}
