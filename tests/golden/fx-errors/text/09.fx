integration a {
  release v1 { env A: secret /unclosed
  env B: secret /a/i
  env C: secret // not a pattern
  }
}
