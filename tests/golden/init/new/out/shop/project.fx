// What belongs together. Every clause has a default; those behind "//" are the defaults that projects come to change.
project shop {
  // concept   "concept/**/*.html"                      // what the pages need
  // views     "views/**/*.{fx,json}"                   // where concept pages may come from, with `fxc concept`
  // manifests "integrations/**/*.{fx,yaml,yml,json}"   // how each need is met
  // output    "generated"
  // templates "templates/**"                           // in the place of the built-in ones
  use stdlib  // manifests of common capabilities; one of your own wins
}
