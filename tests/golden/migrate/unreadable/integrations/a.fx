integration a {
  label "A
}
