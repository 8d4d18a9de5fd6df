integration a {
  on change of street
  on input of street, { emit done }
  on of street { emit done }
}
