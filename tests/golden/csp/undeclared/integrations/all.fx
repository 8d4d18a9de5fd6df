integration written {
  label "Written"  purpose "By hand"
  release v1 = 1.0.0 stable { provider a  module "#a" }
}
integration bare {
  label "Bare"  purpose "By an adapter of the application"
  release v1 = 1.0.0 stable { provider b }
}
integration said {
  label "Said"  purpose "By hand, and it says where it goes"
  release v1 = 1.0.0 stable { provider c  module "#c"  origins { connect = "https://c.example" } }
}
integration bound {
  label "Bound"  purpose "Over HTTP, but for a release that waits for its flag"
  operation find() -> string
  release v1 = 1.0.0 stable { provider d  find = get "/find" { result "/name" } }
  release v2 = 2.0.0 stable { provider e  module "#e"  flag "by_hand"  origins { image = "https://e.example" } }
  active v1
}
