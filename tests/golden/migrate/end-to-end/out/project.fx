project shop {
  pin address-validation "2.x || 3.x"
  environment production {
    provider address-validation = google-places
  }
}
