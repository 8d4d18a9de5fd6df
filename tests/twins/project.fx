/// Every clause of a project file.
project storefront {
  concept "concept/**/*.html", "more/*.htm"
  views "views/**/*.{fx,json}"
  manifests "integrations/**/*.{fx,yaml,yml,json}"
  exclude "**/archive/**"
  output "generated"
  react ">=18.3 <20"
  use stdlib
  phase production
  pin payment-processing "3.4.x"
  pin geocoding ^2
  discover {
    attribute "data-integration", "data-need"
    suggest address-validation when xpath "//input[contains(@name,'address')]"
  }
  trust "integrations/**"
  trust "node_modules/@acme/**" key "RWQ"
  environment production {
    set MAPS_KEY, OTHER_KEY
    flag use_smarty off
    flag use_google on
    provider address-validation = smarty
  }
  environment staging { set MAPS_KEY }
  alert { scan > 5s  generation > 10s over 1m }
  rules { orphan error  fallback off }
  templates "templates/**"
  unsafe-templates on
  x-team = "web"
}
