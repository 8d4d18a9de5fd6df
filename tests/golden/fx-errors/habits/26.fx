integration a-b {
  label "L"
  purpose "P"
  type A { street: string, city: string }
  type B = { a: string }
  type D = string
  release v3 = 3.2.0 stable { provider p }
}
