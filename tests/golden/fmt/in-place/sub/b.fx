integration b {
  label "x"
}
