integration a {
  label "L" purpose "P" release v1 { provider p } release v2 { provider p }
  migrate v1 -> v2 {
    rename porp lang -> country
    rename operation a -> b
  }
}
