// Asked by browsers directly, of two providers: every failure of the first leads to the second.
integration address-lookup {
  version 2.0.0
  author "chaos"
  tags delivery
  label "Complete an address"
  purpose "Fill in the postcode"
  render panel

  slot street: input
  slot postcode: input?
  slot status: output?

  type Address { street: string  postcode: string }
  operation complete(street: string) -> Address

  on change of street after 60ms {
    call complete(street = street.value) -> address
    fill status = address.postcode
  }

  release v1 = 1.0.0 stable {
    provider harbor
    features lookup
    complete = get "http://127.0.0.1:2/complete" { query { street = street } }
  }
  release v2 = 2.0.0 stable {
    provider meridian
    features lookup
    complete = get "http://127.0.0.1:1/complete" { query { street = street } }
  }
  active v2
  fallback v1 -> static
  budget 9s
  limits { concurrency 8  timeout 1500ms  queue 100  retry 2 exponential 10ms..80ms  breaker 10 failures reset 300ms }
}
