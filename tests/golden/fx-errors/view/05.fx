view a "A" {
  label for="street" "Street"
  label (for="street") "Street"
}
