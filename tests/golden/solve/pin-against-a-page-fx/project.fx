project shop {
  pin search ^2
}
