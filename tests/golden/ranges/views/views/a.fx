view a "A" {
  div use geocoding@^2.1.. "x"
  div use "maps@>=2 <x.1" "y"
}
