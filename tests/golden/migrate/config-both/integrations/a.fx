integration a {
  label "A"  purpose "What the pages need"
  release v2 = 2.9.0 stable { provider old }
  release v3 = 3.2.0 stable { provider new  config { key = 1  apiKey = 2  same = 1  other = 1 } }
  active v2
  migrate v2 -> v3 {
    rename config key -> apiKey
    rename config same -> other
  }
}
