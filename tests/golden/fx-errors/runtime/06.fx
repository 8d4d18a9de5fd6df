integration a {
  label "L" purpose "P" release v1 { provider p }
  limits { rate 50/sec burst many
    timeout "2s"
    brust 5 }
  limits { queue 5 }
}
