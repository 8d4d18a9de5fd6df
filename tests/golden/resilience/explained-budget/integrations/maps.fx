integration maps {
  budget 3s
  limits { timeout 2s  retry 2 exponential 200ms..5s }
  label "Map"
  purpose "Show where things are"
  operation find(text: string) -> json
  release v1 = 1.0.0 { provider p1  find = get "https://p1.example.com" { query { q = text } } }
}
