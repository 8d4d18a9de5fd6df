integration a-b {
  label "L"
  purpose "P"
  fallback v3 → static
  release v3 = 3.2.0 stable { provider p }
}
