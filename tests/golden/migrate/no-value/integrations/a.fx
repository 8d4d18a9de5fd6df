integration a {
  label "A"  purpose "What the pages need"
  prop strict: string?
  prop mode: string?
  prop old: string?
  prop fresh: string?
  prop sensor: string?
  release v2 = 2.9.0 stable { provider old }
  release v3 = 3.2.0 stable { provider new }
  active v2
  migrate v2 -> v3 {
    value prop strict "" -> "a \"b\" & c"
    rename prop old -> fresh
    value prop old "" -> "yes"
    drop prop sensor
  }
}
