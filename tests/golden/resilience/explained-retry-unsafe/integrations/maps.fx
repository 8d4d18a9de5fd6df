integration maps {
  operation place(item: string)
  limits { timeout 2s  retry 3 exponential 200ms..5s }
  release v1 = 1.0.0 {
    provider atlas
    place = post "https://api.example.com/orders" { json { item = item } }
  }
  label "Map"
  purpose "Show where things are"
}
