view start "Start" { p "x" }
