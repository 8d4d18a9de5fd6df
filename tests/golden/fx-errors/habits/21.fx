integration a-b {
  label "L"
  purpose "P"
  operation find(a: string) -> string
  release v1 { provider p find = get https://x.y/z }
}
