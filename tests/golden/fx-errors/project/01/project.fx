project shop {
  concept concept/**/*.html
  output generated/
}
