integration a {
  label "A" purpose "P"
  release v1 { provider p }
  frobnicate x "y" 5 /re/ true a.b, [1, 2] ..5
  owner "after"
}
