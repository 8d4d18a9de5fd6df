project shop {
  pin search "<1.4"
}
