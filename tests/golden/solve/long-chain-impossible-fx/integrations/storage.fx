integration storage {
  label "Storage"
  purpose "Keep files"
  requires queue ^2
  release v1 = 1.0.0 stable { provider acme }
}
