integration a {
  release v3 = 3.2.0 {
    provider p
    requires geocoding >=2.1 <3
    conflicts >2
    requires maps = ^2
  }
}
