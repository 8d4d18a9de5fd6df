integration a {
  label "L" purpose "P" release v1 { provider p }
  slot street: input
  event done
  on chnge of street { emit done }
}
