integration a {
  on change {
    emit done
  }
}
