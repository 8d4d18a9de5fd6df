project shop {
  environment staging {
    provider search = fake
  }
}
