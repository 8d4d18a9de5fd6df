integration a {
  on change of street {
    fill street address
    fill street = address.
    fill = address
  }
}
