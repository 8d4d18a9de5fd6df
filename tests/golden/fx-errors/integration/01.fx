integration {
  label "No name"
}
