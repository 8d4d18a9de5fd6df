integration a-b {
  label "L"
  purpose "P"
  route v3 if x == "y"
  release v3 = 3.2.0 stable { provider p }
}
