view a "A" {
  div use address-validation@ { }
  div use a (country: "us") { }
  div use { }
}
