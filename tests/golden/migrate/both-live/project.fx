project p {
  pin a ^2
}
