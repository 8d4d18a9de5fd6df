integration a {
  label "L" purpose "P" release v1 { provider p } release v2 { provider p }
  migrate v1 -> v2 {
    rename prop a -> b
    rename prop a -> c
  }
  migration_strategy parallel
  migration-strategy both
}
