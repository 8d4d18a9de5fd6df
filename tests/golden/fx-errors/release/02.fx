integration a {
  label "L" purpose "P"
  release v2 = 3.2 { provider p }
  release v3 = 3.2.0 stabel { provider p }
  release v4 = ^4 { provider p }
}
