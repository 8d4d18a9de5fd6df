integration maps {
  label "Map"
  purpose "Show where things are"
  operation find(text: string) -> json
  release v1 = 1.0.0 { provider atlas  quota 200/s env ATLAS_KEY: string find = get "https://atlas.example.com/find" { query { q = text } } }
  limits { rate 60/s }
}
integration routes {
  label "Routes"
  purpose "Show the way"
  operation way(to: string) -> json
  release v1 = 1.0.0 { provider atlas quota 100/s env ATLAS_KEY: string way = get "https://atlas.example.com/way" { query { q = to } } }
  limits { rate 60/s }
}
