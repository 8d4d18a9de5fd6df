integration a {
  on change of street {
    call validate(street) -> address
    call validate street = street.value
    call validate(street = ) -> a
  }
}
