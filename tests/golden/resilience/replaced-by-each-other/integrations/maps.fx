/// Draws maps.
integration maps {
  label "Map"
  purpose "Show where things are"
  operation find(text: string) -> json

  release v1 = 1.0.0 { provider p1  replaced-by v2  find = get "https://p1.example.com" { query { q = text } } }
  release v2 = 2.0.0 { provider p2  replaced-by v3  find = get "https://p2.example.com" { query { q = text } } }
  release v3 = 3.0.0 { provider p3  replaced-by v2  find = get "https://p3.example.com" { query { q = text } } }
  release v4 = 4.0.0 { provider p4  replaced-by v4  find = get "https://p4.example.com" { query { q = text } } }
}
