integration a {
  label "A"  purpose "What the pages need"
  release v2 = 2.9.0 stable { provider old  features geo }
  release v3 = 3.2.0 stable { provider new  features geocoding }
  active v2
  route percentage { v2 100% }
  migrate v2 -> v3 {
    rename feature geo -> geocoding
  }
}
