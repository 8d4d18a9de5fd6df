integration a {
  label "L" purpose "P"
  release v3 = 3.2.0 { provider p }
  release v3 = 3.3.0 { provider p  provider q }
}
