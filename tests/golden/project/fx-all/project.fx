/// Everything that a project can say.
project storefront {
  concept   "concept/**/*.html"
  manifests "integrations/**/*.{fx,yaml,yml,json}"
  exclude   "**/archive/**", "**/draft-*"
  output    "out"
  react     ">=18.3 <20"
  phase     production
  pin       geocoding "1.x"
  discover {
    attribute "data-widget"
    suggest geocoding when xpath "//p[@data-widget]"
  }
  trust "integrations/**"
  environment production { set MAPS_KEY }
  alert { scan > 1h }
  rules { orphan error  fallback off }
}
