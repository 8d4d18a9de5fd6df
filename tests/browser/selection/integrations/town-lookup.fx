/// A release behind a flag.
integration town-lookup {
  label "Town"
  purpose "Find the town of a postcode"
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
    ask = get "/town/v1" { query { text = text }  result { text = "/text" } }
  }
  release v2 = 2.0.0 stable {
    provider two
    ask = get "/town/v2" { query { text = text }  result { text = "/text" } }
  }
  release v3 = 3.0.0-beta.1 beta {
    provider three
    flag "new_towns"
    ask = get "/town/v3" { query { text = text }  result { text = "/text" } }
  }
  active v2
  fallback v2 -> v1 -> static
}
