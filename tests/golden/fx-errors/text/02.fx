integration a {
  label "tab	in it" purpose "P" owner "a\x41\u{110000}\u{}"
  release v1 { provider p }
}
