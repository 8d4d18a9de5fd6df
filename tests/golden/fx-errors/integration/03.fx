integration: colon {
  label "L"
}
integration equals = {
  label "L"
}
