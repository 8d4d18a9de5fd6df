project shop {
  environment production { flag use_census off }
  environment staging { flag use_census off }
}
