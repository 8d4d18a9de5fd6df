project two-providers {
  concept "concept/**/*.html"
}
