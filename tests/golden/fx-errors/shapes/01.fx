integration a {
  label "A" purpose "P"
  operation good(x: string) -> json
  operation other(x: string) -> json
  operation third(x: string) -> json
  operation fourth(x: string) -> json
  release v1 {
    provider p
    good = fetch "/good"
    other = fetch "/other" { query { x = x } }
    third: get "/third"
    fourth: get "/fourth" { query { x = x } }
  }
}
