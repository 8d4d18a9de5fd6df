integration a {
  label "L" "M"
  purpose "P"
  tags one two, three
  owner a b
  release v1 { provider p }
}
