integration maps {
  label "Map"
  purpose "Shows where it is"
  operation find(name: string) -> string
  release v1 = 1.0.0 stable {
    provider atlas
    find = get "https://api.example.com/find" { query { name = name } }
  }
  budget 0s
  limits { rate 0/s  burst 0  concurrency 0  timeout 0ms  batch 0  breaker 0 failures }
}
