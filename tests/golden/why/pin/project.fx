project shop {
  pin geocoding "^1"
}
