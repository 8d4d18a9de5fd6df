integration a {
  label "A"  purpose "What the pages need"
  prop mode: string?
  prop x: string?
  prop y: string?
  prop z: string?
  release v2 = 2.9.0 stable { provider old }
  release v3 = 3.2.0 stable { provider new }
  active v2
  migrate v2 -> v3 {
    value prop mode "on" -> "off"
    value prop mode "off" -> "on"
    rename prop x -> y
    rename prop y -> z
  }
}
