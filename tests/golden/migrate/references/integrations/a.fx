integration a {
  label "A"  purpose "P"
  operation find(key: string) -> R
  type R { name: string }
  release v2 = 2.9.0 stable { provider old  config { key = "x" }  find = get "https://a.example.com/{config.key}" { query { q = key }  result { name = "/n" } } }
  release v3 = 3.2.0 stable {
    provider new
    config { key = "x"  keyword = "y" }
    find = post "https://a.example.com/{config.keyword}/{config.key}?k={config.key}" {
      headers { "X-Key" = config.key  "X-Word" = config.keyword  "X-Text" = "of {config.key}" }
      json { deep = { list = [config.key, key, "config.key"] } }
      result { name = "/n" }
    }
  }
  migrate v2 -> v3 { rename config key -> apiKey }
}
