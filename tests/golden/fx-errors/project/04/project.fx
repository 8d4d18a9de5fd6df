project shop {
  pin payment-processing 3.4.x
  pin geocoding
  pin "2.x"
  pin maps >=2
}
