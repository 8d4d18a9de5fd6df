integration a {
  # a comment of another language
  label "L" purpose "P"
  # label
  release v1 { provider p }
}
