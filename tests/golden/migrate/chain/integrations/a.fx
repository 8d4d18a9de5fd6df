integration a {
  label "A"  purpose "P"
  prop one: string?  prop two: string?  prop three: string?
  release v1 = 1.4.0 stable { provider p1 }
  release v2 = 2.0.0 stable { provider p2 }
  release v3 = 3.1.0 stable { provider p3  config { first = 1 } }
  
  migrate v1 -> v2 { rename prop one -> two  value prop one "a" -> "b"  rename config first -> second }
  migrate v2 -> v3 { rename prop two -> three  value prop two "b" -> "c"  rename config second -> third }
}
