integration a {
  fallback v1, static
  fallback v1 > static
  fallback -> static
}
