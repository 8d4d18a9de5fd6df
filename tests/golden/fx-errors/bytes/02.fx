integration a { label "A" purpose "P" release v1 { provider p } owner "ab" tags "c\u{110000}", "\u{d800}", "\u{}", "\q" }
