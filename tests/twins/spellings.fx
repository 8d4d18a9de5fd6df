// The same in other spellings: blocks on one line, quoted names, lists in brackets, comments anywhere.
integration spellings { label """
    Several
      lines
    """; purpose "\"quoted\"\t\u{1F600}" tags [a, "b c",] /* nothing */ owner `true`
  prop "country": "us" | // first
    "ca" = us
  release v3.1 { provider "acme" ~2 features [one, two,] config { `in` = [ ], 404 = "gone"; a = x.y } }
  route v3.1 100%
  alert error-rate > 1% over 5m
}
