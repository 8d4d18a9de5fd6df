view a "A" {
  div #street-{id} { }
  div # { }
}
