integration a {
  label "A"  purpose "What the pages need"
  release v2 = 2.9.0 stable { provider old  config { key = "x"  strict = "yes"  sensor = 1  zone = "u" } }
  release v3 = 3.2.0 stable { provider new  config { apiKey = "x"  strict = true  zone = "us" } }
  active v2
  migrate v2 -> v3 {
    rename config key -> apiKey
    drop config sensor
    value config strict "yes" -> true
    value config zone "u" -> "us"
  }
}
