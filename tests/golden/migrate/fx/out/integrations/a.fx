integration a {
  label "A"  purpose "P"
  release v2 = 2.9.0 stable { provider old  config { key = "x"  sensor = 1 } }
  release v3 = 3.2.0 stable {
    provider new
    config { apiKey = "x"; strict = true; list = [1, 2] }
    production { config {} }
  }
  release v4 = 4.0.0 beta { provider next  config { key = "x" } }
  active v2
  migrate v2 -> v3 {
    rename config key -> apiKey
    drop config sensor
    value config strict "yes" -> true
  }
}
