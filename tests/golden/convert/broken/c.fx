integration a {
  label
}
