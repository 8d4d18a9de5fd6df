integration 'quoted' { label "L" purpose "P" release v1 { provider p } }
integration “curly” { label "L" purpose "P" release v1 { provider p } }
