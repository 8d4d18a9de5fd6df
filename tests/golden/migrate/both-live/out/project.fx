project p {
  pin a "^2 || ^3"
}
