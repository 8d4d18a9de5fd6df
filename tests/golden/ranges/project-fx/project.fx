project p {
  react ">=18.3 <20."
  pin geocoding ^2.x.1.1
  pin maps "2 ||| 3"
}
