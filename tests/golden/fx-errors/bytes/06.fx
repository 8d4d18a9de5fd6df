//// four slashes are a comment, and none that documents
integration a { label "A" purpose "P" release v1 { provider p } route v1 when tier === "a" && count !== 5 || plan => 3 }
