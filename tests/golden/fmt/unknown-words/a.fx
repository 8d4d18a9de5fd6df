integration a { release v1 = 1.0.0 { brob; frob x; label "x" } route percentage { v1 90%; v2 10% } }
