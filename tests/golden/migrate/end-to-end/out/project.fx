project shop {
  pin address-validation "3.x"
  environment production {
    provider address-validation = google-address-validation
  }
}
