integration mapping {
