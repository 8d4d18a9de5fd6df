integration a {
  label "L"
  purpose "P"
  prop country: string
  slot street: input
  type Address { street: string  city: string? }
  operation find(street: string, city: string?) -> Address
  operation note(address: Address) -> Address
  on change of street {
    call find(street = street.value, streat = street.value) -> address
    call note(address = { street = address.street  streat = "x" })
  }
  release v1 {
    provider p
    env USER: secret
    find = get "https://a.example/{street}" {
      query { city = city }
      basic { user = env.USER  usr = "x"  password = env.USER }
      result { street = "/a"  streat = "/b" }
    }
    note = post "https://a.example/" { json { a = address.street }  result { street = "/a" } }
  }
  limits { timeout 2s }
}
