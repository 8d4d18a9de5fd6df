integration geocoding {
  label "L"  purpose "P"
  operation find(text: string) -> json
  release v1 = 1.0.0 stable { provider p2  find = get "https://p2.example.com/find" { query { q = text } } }
  fallback static
  limits { timeout 20s }
}
