view shop "Shop" {
  p use maps(style = "AIzaMARKERMARKERMARKERMARKERMARKER00000") "Here"
}
