project migration {
  concept "concept/**/*.html"
}
