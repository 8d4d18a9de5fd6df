/// Two releases side by side, and a third for some accounts.
integration price-check {
  label "Price"
  purpose "Say what an article costs"
  render input-field
  slot from: input
  slot to: input
  type Answer { text: string }
  operation ask(text: string) -> Answer
  on change of from {
    call ask(text = from.value) -> answer
    fill to = answer.text
  }
  release v1 = 1.0.0 stable {
    provider one
    ask = get "/price/v1" { query { text = text }  result { text = "/text" } }
  }
  release v2 = 2.0.0 stable {
    provider two
    ask = get "/price/v2" { query { text = text }  result { text = "/text" } }
  }
  release v3 = 3.0.0 stable {
    provider three
    ask = get "/price/v3" { query { text = text }  result { text = "/text" } }
  }
  active v1
  fallback v1 -> static
  route percentage { v1 90%  v2 10% }
  route v3 when account in ["gold", "platinum"]
}
