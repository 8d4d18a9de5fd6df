/// Draws maps.
integration maps {
  label "Map"
  purpose "Show where things are"
  operation find(text: string) -> json

  release v1 = 1.0.0 stable { provider p1  find = get "https://p1.example.com/find" { query { q = text } } }
  release v2 = 2.0.0 stable { provider p2  find = get "https://p2.example.com/find" { query { q = text } } }
  fallback v2 -> v1 trigger timeout -> p1 trigger unavailable -> static
  limits { timeout 2s }
}
