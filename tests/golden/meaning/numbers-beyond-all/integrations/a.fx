integration a {
  label "A" purpose "Has a number that nothing can hold"
  prop much: number = 1e999
  prop less: number = 1e308
  release v1 = 1.0.0 stable { provider p }
}
