integration a {
  prop: country string
  props { country: string }
  slots street, city
  label "L"
}
