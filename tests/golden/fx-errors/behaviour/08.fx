integration a {
  label "L" purpose "P" release v1 { provider p module "m" }
  slot street: input
  event done
  on change of street {
    emit done
    return 5
    label "L"
  }
}
