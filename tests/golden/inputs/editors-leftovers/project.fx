project { concept "concept/**/*.html", "extra/.*.html" }
