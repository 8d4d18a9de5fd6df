/// Draws maps.
integration maps {
  label "Map"
  purpose "Show where things are"
  operation find(text: string) -> json

  release v1 = 1.0.0 stable { provider p1  find = get "https://p1.example.com/find" { query { q = text } } }
  budget 3s
  limits { timeout 2s  retry 2 exponential 200ms..5s }
}
