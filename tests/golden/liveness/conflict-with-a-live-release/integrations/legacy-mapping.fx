integration legacy-mapping {
  label "L"
  purpose "P"
  release v1 = 1.0.0 stable { provider bing }
  release v2 = 2.0.0 stable { provider here }
  active v2
  route percentage { v2 90% v1 10% }
}
