integration a {
  prop country string
  prop debounce
}
