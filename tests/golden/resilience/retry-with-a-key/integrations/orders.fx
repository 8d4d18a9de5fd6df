integration orders {
  label "Orders"
  purpose "Take orders"
  operation place(item: string) -> json
  operation change(item: string) -> json
  operation replace(item: string) -> json
  operation remove(item: string) -> json

  release v1 = 1.0.0 {
    provider shop
    place = post "https://shop.example.com/orders" { headers { "Idempotency-Key" = item }  json { item = item } }
    change = patch "https://shop.example.com/orders" { json { order = { idempotency_key = item  name = item } } }
    replace = put "https://shop.example.com/orders" { json { item = item } }
    remove = delete "https://shop.example.com/orders" { query { item = item } }
  }
  limits { timeout 2s  retry 2 exponential 200ms..5s }
}
