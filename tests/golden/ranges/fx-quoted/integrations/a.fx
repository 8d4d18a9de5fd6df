integration a {
  label "A"
  purpose "P"
  version 1.2.3
  requires geocoding ">=2 <<3"
  optional maps "1 | 2"
  conflicts legacy "<2.0.0-01"
  release v1 = 1.0.0 {
    provider p "^3.."
    requires maps "x.1"
    production { provider q "1.2.3 -" }
  }
  release v2 = "2.0" { provider p }
  compatibility v1 { conflicts legacy ">1.2.3.*" }
  active v1
  fallback v1 -> p "~>" -> static
}
