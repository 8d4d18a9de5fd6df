integration a {
  label "A"  purpose "P"
  operation find(key: string) -> R
  type R { name: string }
  release v2 = 2.9.0 stable { provider old  config { key = "x" }  find = get "https://a.example.com/{config.key}" { query { q = key }  result { name = "/n" } } }
  release v3 = 3.2.0 stable {
    provider new
    config { apiKey = "x"  keyword = "y" }
    find = post "https://a.example.com/{config.keyword}/{config.apiKey}?k={config.apiKey}" {
      headers { "X-Key" = config.apiKey  "X-Word" = config.keyword  "X-Text" = "of {config.apiKey}" }
      json { deep = { list = [config.apiKey, key, "config.apiKey"] } }
      result { name = "/n" }
    }
  }
  migrate v2 -> v3 { rename config key -> apiKey }
}
