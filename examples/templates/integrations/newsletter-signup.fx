// Takes the address of whoever wants to hear from the museum. The museum's own server does it, under the same host.
integration newsletter-signup {
  version 1.0.0
  author "museum"
  owner "visitor-desk"
  docs "https://example.com/handbook/newsletter"
  tags messages

  label "Hear from us"
  purpose "Write to people before an exhibition opens"
  render input-field

  slot email: input
  slot join: button
  slot status: output?

  event joined(receipt: Receipt)

  type Receipt { message: string }
  operation join(email: string) -> Receipt

  on click of join {
    call join(email = email.value) -> receipt
    fill status = receipt.message
    emit joined(receipt)
  }

  release v1 = 1.0.0 stable {
    provider museum-desk
    features signup
    join = post "/api/newsletter" {
      json { email = email }
      result { message = "/message" }
    }
  }

  fallback static
  limits { timeout 5s }
}
