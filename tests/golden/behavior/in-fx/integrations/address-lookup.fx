integration address-lookup {
  label "Complete" purpose "Fill in"
  prop debounce: duration = 200ms
  slot street: input
  slot city: input
  slot status: output
  event validated(address: Address)
  type Address { street: string  city: string? }
  operation find(street: string, limit: int?) -> Address
  on change of street, citty after debonce {
    call find(street = stret.value, limit = "5") -> address
    fill street = address.stret, status = "Found {adress.city}", city = "street"
    emit validated(addres)
  }
  on input of street after 300ms {
    call find(stret = street.value)
    fill city = address.city
    emit validated("x", 1)
  }
  release v1 = 1.0.0 stable {
    provider loopback
    config { base = "/api" }
    find = get "{config.bas}/{street}/{steet}" { query { a = stret  b = config.base  c = "street" } result { street = "line" } }
  }
}
