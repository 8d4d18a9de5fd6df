integration three names here { label "L" }
integration misspelt stbu { label "L" purpose "P" release v1 { provider p } }
