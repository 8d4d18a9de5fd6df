integration a-b {
  label "L"
  purpose "P"
  route percentage { v3: 90%, v2: 10% }
  release v3 = 3.2.0 stable { provider p }
}
