integration unclosed {
  label "L"
  purpose "P"
  release v1 { provider p }

integration next {
  label "L"
  purpose "P"
  release v1 { provider p }
}
