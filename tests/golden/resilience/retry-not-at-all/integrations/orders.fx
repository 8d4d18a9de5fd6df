integration orders {
  label "Orders"
  purpose "Take orders"
  operation place(item: string) -> json
  operation list() -> json

  release v1 = 1.0.0 deprecated {
    provider shop-one
    guide "./one.md"
    place = post "https://one.example.com/orders" { json { item = item } }
    list = get "https://one.example.com/orders"
  }
  release v2 = 2.0.0 {
    provider shop-two
    place = post "https://two.example.com/orders" { json { item = item } }
    list = get "https://two.example.com/orders"
  }
  active v2
  limits { timeout 2s  retry 0 }
}
