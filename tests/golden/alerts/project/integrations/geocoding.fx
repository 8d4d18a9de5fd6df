/// Draws maps.
integration geocoding {
  label "Map"
  purpose "Show where things are"
  operation find(text: string) -> json

  release v1 = 1.0.0 stable { provider p1  find = get "https://p1.example.com/find" { query { q = text } } }
  fallback static
  alert error-rate > 3% over 15m
  limits { rate 50/s  timeout 2s  retry 1 constant 100ms }
}
