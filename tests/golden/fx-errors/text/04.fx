integration a {
  label """never closed
  purpose "P"
}
