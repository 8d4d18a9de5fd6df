integration a {
  event validated { address: string }
  event done(a string)
  event closed(
}
