project p {
  environment one { provider a = new }
  environment two { provider a = new }
}
