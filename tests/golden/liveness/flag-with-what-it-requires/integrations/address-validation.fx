integration address-validation {
  label "L"
  purpose "P"
  release v3 = 3.0.0 stable { provider google }
  release v4 = 4.0.0 beta { provider smarty  requires geocoding ^2  flag "use_smarty" }
}
