integration a {
  label "L"
  purpose "P"
  label "Again"
  release v1 { provider p }
  purpose "Once more"
}
