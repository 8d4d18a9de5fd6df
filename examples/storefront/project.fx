// The storefront: pages of concept/, manifests of integrations/, and of the standard library what is left.
project storefront {
  concept "concept/**/*.html"
  manifests "integrations/**/*.{fx,yaml,yml,json}"
  output "generated"
  use stdlib
}
