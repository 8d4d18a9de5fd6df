integration a-b {
  label "L"
  purpose "P"
  requires c-d ^1 || ^2
  release v3 = 3.2.0 stable { provider p }
}
