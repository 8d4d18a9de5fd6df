// Asked through the server half, which has the key and keeps the provider's rate for all visitors.
integration delivery-quote {
  version 1.0.0
  author "chaos"
  tags delivery
  label "Price of a delivery"
  purpose "Tell what it costs"
  render panel

  slot grams: input
  slot price: output

  type Quote { grams: number  price: int }
  operation quote(grams: number?) -> Quote

  on change of grams after 60ms {
    call quote(grams = grams.number) -> answer
    fill price = "It costs {answer.price}."
  }

  release v1 = 1.0.0 stable {
    provider tariff
    features quotes
    env TARIFF_KEY: secret /^tk_[0-9a-f]{16}$/
    quote = get "http://127.0.0.1:3/quote" { bearer env.TARIFF_KEY  query { grams = grams } }
  }
  active v1
  fallback static
  budget 9s
  limits { rate 60/s  concurrency 8  timeout 1500ms  queue 200  retry 1 exponential 10ms..80ms  batch 6 within 10ms  breaker 20 failures reset 300ms }
}
