integration a {
  label "L" purpose "P" release v1 { provider p }
  prop country: string
  prop country: int
  slot street: input
  slot street: select
  type T { a: int  a: string }
}
