integration a {
  label "L"
  purpose "P"
  operation find(a?: string) -> string
  slot s?: input
  alert { error-rate => 5% over 5m }
  release v1 { provider p }
}
