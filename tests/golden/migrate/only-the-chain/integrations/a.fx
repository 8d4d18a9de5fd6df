integration a {
  label "A"  purpose "What the pages need"
  prop lang: string?
  prop country: "us" | "ca" = "us"
  release v2 = 2.9.0 stable { provider old }
  release v3 = 3.2.0 stable { provider new }
  active v2
  fallback v2 -> static
  migrate v2 -> v3 {
    rename prop lang -> country
    value prop lang "en" -> "us"
  }
}
