integration maps {
  label "Map"
  purpose "Shows where it is"
  operation find(name: string) -> string
  release v1 = 1.0.0 stable {
    provider atlas
    find = get "https://api.example.com/find" { query { name = name } }
  }
  limits { queue 0  retry 0  batch 1 within 0s  breaker 1 failures reset 0s }
}
