integration a-b {
  label "L"
  purpose "P"
  release v1 { provider p requires x@^2 }
}
