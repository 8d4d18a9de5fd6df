integration geocoding {
  label "L"
  purpose "P"
  release v1 = 1.2.0 beta { provider census }
  fallback static
  route v1 when accountType == "trial"
}
