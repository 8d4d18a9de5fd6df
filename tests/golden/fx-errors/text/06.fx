integration a {
  label "L" purpose "P"
  release v1 { provider p config { a = 50/sec b = 5mins c = 3.2.1.0 d = 2025-6-30 } }
}
