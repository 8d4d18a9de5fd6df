integration a {
  on change of street => { emit done }
  on change(street) { emit done }
  when street changes { emit done }
}
