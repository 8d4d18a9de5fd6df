// What must not be done twice: an order is sent again only where the provider has refused it.
integration order-entry {
  version 1.0.0
  author "chaos"
  tags delivery
  label "Place an order"
  purpose "Hand the order over"
  render panel

  type Receipt { id: string }
  operation place(id: string) -> Receipt

  release v1 = 1.0.0 stable {
    provider clerk
    features orders
    place = post "http://127.0.0.1:4/orders" { json { id = id } }
  }
  active v1
  fallback static
  budget 9s
  limits { rate 6/s  concurrency 2  timeout 1500ms  queue 2  retry 2 constant 20ms..20ms  breaker 6 failures reset 300ms }
}
