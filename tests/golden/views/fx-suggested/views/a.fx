view signup "Sign up" {
  main {
    h1 "Sign up"
    label [for="e"] "E-mail" input #e [name="workEmail" type="email"]
    label [for="s"] "Street" textarea #s [name="street"] ""
    div use address-validation { label [for="c"] "Street" input #c [name="street2"] slot street }
    label [for="n"] "News by e-mail" input #n [name="emailNews" type="checkbox"]
  }
}
