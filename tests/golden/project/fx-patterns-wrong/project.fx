project shop {
  concept  "concept/**/*.html", "/srv/*.html", "../*.html"
  exclude  "concept/{a,../..}/*"
  discover {
    suggest address-validation when xpath "//input[@name=\"a\\b\"][contain(., 'x')]"
    suggest second when xpath """//input[document("x")]"""
    suggest third when xpath "//p["
  }
}
