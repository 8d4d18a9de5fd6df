// A small shop whose providers fail. The runner writes their ports where 127.0.0.1:1 and so on stand.
project chaos {
  concept "concept/**/*.html"
}
