project shop {
  environment live { set PLACES_KY }
}
