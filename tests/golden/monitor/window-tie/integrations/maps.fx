integration maps {
  label "L"  purpose "P"
  operation find(text: string) -> json
  release v1 = 1.0.0 stable { provider p1  find = get "https://p1.example.com/find" { query { q = text } } }
  fallback static
  limits { timeout 20s }
  alert {
    error-rate > 1% over 10m
  }
}
