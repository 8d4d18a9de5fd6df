integration a {
  label "L" /* never closed
  purpose "P"
}
