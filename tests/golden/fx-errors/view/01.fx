view { p "x" }
view a b { p "x" }
