integration a-b {
  label "L"
  purpose "P"
  "owner": "x",
  "docs": "https://a.b"
  release v3 = 3.2.0 stable { provider p }
}
