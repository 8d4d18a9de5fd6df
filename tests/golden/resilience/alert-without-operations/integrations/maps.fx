integration maps {
  label "Map"
  purpose "Show where things are"
  slot map: div?
  release v1 = 1.0.0 { provider atlas  module "@acme/atlas" }
  fallback static
  alert { error-rate > 5% over 5m; fallback-rate > 5% over 5m }
}
