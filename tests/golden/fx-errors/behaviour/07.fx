integration a {
  on change of street {
    emit
    emit done(
    emit done(address
  }
}
