// The shop.
// its name
project storefront {
  concept "concept/**/*.html"
  manifests "integrations/**/*.{fx,yaml}", "more/*.yaml"
  use stdlib
  phase prototype
  pin payment-processing 3.4.x
  discover {
    // of our own
    attribute data-integration, data-need
    suggest address-validation when xpath "//input[contains(@name,'address')]"
  }
  trust "integrations/**"
  trust "node_modules/@acme/**" key "RWQ"
  environment production { set MAPS_KEY  flag use_smarty off  provider address-validation = smarty }
  alert { scan > 5s }
  rules { orphan error  fallback off }
  unsafe-templates false
}
