project shop {
  environment production { flag use_smarty maybe }
  environment staging { provider a smarty }
  environment test { set A = "b" }
}
