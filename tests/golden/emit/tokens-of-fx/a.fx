/// Documented.
integration a { // a comment
  label "x\n"  rate 50/sec /* block */
}
