integration a {
  label "A"
  purpose "P"
  requires geocoding ^2.1
  optional maps ">=v2 <v4 || v3.0.0-beta"
  conflicts legacy *
  release v1 = 1.0.0-beta.1 stable {
    provider p ~1.2.x
    requires geocoding "2 - 3"
  }
}
