integration a {
  route v1 when country = "us"
  route v1 when country in "us" or tier == 1
  route
}
