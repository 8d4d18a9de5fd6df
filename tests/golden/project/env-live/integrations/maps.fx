integration maps {
  label "Maps"  purpose "Show where things are"
  release v1 = 1.0.0 stable { provider first   module "#a"  env FIRST_KEY: secret }
  release v2 = 2.0.0 stable { provider second  module "#a"  env SECOND_KEY: secret }
  release v3 = 3.0.0 stable { provider routed  module "#a"  env ROUTED_KEY: secret }
  release v4 = 4.0.0 beta { provider hidden  module "#a"  flag "use_hidden"  env HIDDEN_KEY: secret }
  release v5 = 5.0.0 beta { provider old  module "#a"  flag "use_old"  env OLD_KEY: secret }
  release v6 = 6.0.0 development { provider later  module "#a"  env LATER_KEY: secret }
  release v7 = 7.0.0 beta { provider beta  module "#a"  flag "use_beta"  env BETA_KEY: secret }
  active v1
  route percentage { v1 90%  v3 10% }
  fallback v2 -> static
}
