integration beta {
  label "One" purpose "Do it" 
  prop country: "us" | "ca" = "ca"
  slot street: input? 
  release v1 = 1.0.0 stable {
    provider acme features fast module "@x/beta"
     requires delta ^1 
  }
}
