project shop {
  pin address-validation "2.x"
  environment production {
    provider address-validation = google-places
  }
}
