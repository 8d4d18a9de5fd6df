project shop {
  pin a ^3.2  // bare
  environment live { provider a = new }
}
