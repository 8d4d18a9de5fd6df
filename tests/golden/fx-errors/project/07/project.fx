project shop {
  trust "a" key
  trust
  environment { set A }
  environment production { set  flag use_smarty }
}
