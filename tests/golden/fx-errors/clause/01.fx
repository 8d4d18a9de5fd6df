integration a {
  lable "Misspelt"
  purpose "P"
  ownr "a team"
  release v1 { provider p }
}
