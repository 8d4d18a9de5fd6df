integration a {
  on change of street after { emit done }
  on change of { emit done }
}
