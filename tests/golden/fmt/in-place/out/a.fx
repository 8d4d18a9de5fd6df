integration a {
  label "x"
}
