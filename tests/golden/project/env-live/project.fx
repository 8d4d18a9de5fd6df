project shop {
  environment production { set FIRST_KEY  flag use_beta on  flag use_old off }
  environment test { set FIRST_KEY, SECOND_KEY, BETA_KEY, HIDDEN_KEY, ROUTED_KEY  flag use_hidden off }
}
