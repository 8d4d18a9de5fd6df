integration a { label "A" purpose "P" release v1 { provider p } owner “x” }
