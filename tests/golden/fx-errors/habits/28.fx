integration a-b {
  label "L"
  purpose "P"
  lable "x"
  release v3 = 3.2.0 stable { provider p }
}
