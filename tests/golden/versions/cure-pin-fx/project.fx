// Shop {
project shop {
  pin chat "^1"
}
