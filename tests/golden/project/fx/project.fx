// A project file in .fx.
project shop {
  concept "pages/*.html"  manifests "manifests/*.fx"
  phase production
  rules { fallback error }
}
