view v "V" {
  div use a@^2 (
}
