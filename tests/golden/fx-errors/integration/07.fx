integration same { label "L" purpose "P" release v1 { provider p } }
integration same { label "L" purpose "P" release v1 { provider p } }
