project shop {
  limits { rate 5/s }
  views "a
}
integration x { label "X" }
project other { }
