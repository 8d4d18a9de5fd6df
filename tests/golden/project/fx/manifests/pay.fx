integration pay { label "Pay" purpose "Take money" release v1 { provider stripe } }
