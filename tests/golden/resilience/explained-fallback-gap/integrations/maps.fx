integration maps {
  fallback v2 -> v1 trigger "timeout, rate_limited"
  limits { timeout 2s }
  label "Map"
  purpose "Show where things are"
  operation find(text: string) -> json
  release v1 = 1.0.0 { provider p1  find = get "https://p1.example.com" { query { q = text } } }
  release v2 = 2.0.0 { provider p2  find = get "https://p2.example.com" { query { q = text } } }
}
