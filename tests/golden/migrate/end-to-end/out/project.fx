project shop {
  pin address-validation "2.x || 3.x"
}
