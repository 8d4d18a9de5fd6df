project shop {
  pin a ^2.1  // bare
  environment live { provider a = old }
}
