integration a {
  label "L" purpose "P" release v1 { provider p module "m" }
  slot street: input
  operation validate(street: string)
  on change of street {
    cal validate(street = street.value)
    validate(street = street.value)
  }
}
