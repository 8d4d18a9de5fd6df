integration a-b {
  label "L"
  purpose "P"
  prop country: string default "us"
  release v3 = 3.2.0 stable { provider p }
}
