integration a-b
  label "L"
  purpose "P"
  release v3 = 3.2.0 stable { provider p }
