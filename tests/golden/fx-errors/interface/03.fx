integration a {
  label "L" purpose "P" release v1 { provider p }
  prop country: strng
  prop rate: rate = 50/sec
  prop count: int = "three"
}
