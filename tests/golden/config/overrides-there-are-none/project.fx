project shop {
  environment live { flag four off  flag five off }
}
