integration a-b {
  label "L"
  purpose "P"
  release v1 { provider p features: a, b }
}
