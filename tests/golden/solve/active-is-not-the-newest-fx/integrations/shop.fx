integration search {
  label "Search"
  purpose "Find articles by words"
  release v1 = 1.0.0 stable { provider acme }
  release v2 = 2.0.0 stable { provider acme }
  release v3 = 3.0.0 stable { provider acme }
  active v2
}
