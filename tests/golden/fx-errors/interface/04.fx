integration a {
  slot street input
  slot : input
  slot city: "input"
}
