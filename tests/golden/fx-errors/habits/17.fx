integration a-b {
  label "L"
  purpose "P"
  on change street { emit done }
  release v3 = 3.2.0 stable { provider p }
}
