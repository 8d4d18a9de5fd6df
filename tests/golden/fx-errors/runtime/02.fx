integration a {
  route percentage { v1 90 v2: 10% }
  route percentage v1 90%
}
