/// Draws maps.
integration maps {
  label "Map"
  purpose "Show where things are"
  operation find(text: string) -> json

  release v1 = 1.0.0 stable { provider p1  find = get "https://p1.example.com/find" { query { q = text } } }
  budget 3s
  limits { timeout 4s }
  alert { error-rate > 100% over 5m }
}
