integration unused {
  label "L"  purpose "P"
  release v1 = 1.0.0 stable { provider p  flag "idle" }
}
