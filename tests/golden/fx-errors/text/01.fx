integration a { label "é" purpose "P" release v1 { provider p } }
integration straße { label "L" }
