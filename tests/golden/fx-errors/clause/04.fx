integration a {
  label "L",
  purpose "P",
  release v1 { provider p },
}
