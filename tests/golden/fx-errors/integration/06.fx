label "Outside of every integration"
integration fine { label "L" purpose "P" release v1 { provider p } }
purpose "Outside as well"
