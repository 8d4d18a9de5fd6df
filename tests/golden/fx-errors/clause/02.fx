integration a {
  label: "With a colon"
  purpose = "With an equals sign"
  release v1 { provider p }
}
