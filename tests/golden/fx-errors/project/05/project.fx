project shop {
  discover {
    attribute data need
    suggest a when css "p"
    suggest b xpath "//p"
    suggest c
  }
}
