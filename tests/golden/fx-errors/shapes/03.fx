integration a {
  label "A" purpose "P"
  release v1 { provider p "^1.0" "^2.0" 5 }
  limits { retry 3 exponential 200ms..5s 1s }
  active v1 v2
}
