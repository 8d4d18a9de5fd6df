integration a {
  label "L" purpose "P"
  release v3 = 3.2.0 {
    provider p
    until 2026/06/30
    released yesterday
    canary v4 { 1% }
    statuss beta
    migration_guide "./a.md"
  }
}
