/// A canary that is taken back by itself.
integration stock-level {
  label "Stock"
  purpose "Say what is on a shelf"
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
    ask = get "/stock/v1" { query { text = text }  result { text = "/text" } }
  }
  release v2 = 2.0.0 stable {
    provider two
    ask = get "/stock/v2" { query { text = text }  result { text = "/text" } }
  }
  active v1
  fallback v1 -> static
  canary v2 { 10% for 1h  50% for 4h  100%  rollback when error-rate > 5% }
}
