project p {
  environment one { provider a = old }
  environment two { provider a = new }
}
