integration maps {
  label "Map"
  purpose "Show where things are"
  operation find(text: string) -> json
  release v1 = 1.0.0 { provider p1  find = get "https://p1.example.com" { query { q = text } } }
  fallback static
}
