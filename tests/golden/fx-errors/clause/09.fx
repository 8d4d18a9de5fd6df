integration a {
  label "L" purpose "P"
  provider p
  timeout 2s
  active_version v1
  versions { v1 { status stable } }
}
