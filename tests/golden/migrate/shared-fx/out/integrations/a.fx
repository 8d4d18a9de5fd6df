integration a {
  label "A"  purpose "P"
  release v2 = 2.9.0 stable { provider old  config { key = 1 } }
  release v3 = 3.2.0 stable { provider new  config { apiKey = 2 } }
  production { config { z = 0  apiKey = 3  key = 3 } }
  migrate v2 -> v3 { rename config key -> apiKey }
}
