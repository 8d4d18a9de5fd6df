project templates {
  templates "templates/**"
}
