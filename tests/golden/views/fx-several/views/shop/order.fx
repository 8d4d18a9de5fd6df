view cart "Cart" { main { h1 "Cart" div use geographic-display "Map" } }
view pay "Pay" { main { h1 "Pay" div use geographic-display "Map" } }

integration geographic-display {
  label "Map"
  purpose "Show a map"
  release v1 = 1.0.0 stable { provider mapbox }
}
