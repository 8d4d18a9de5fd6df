integration search {
  label "Search"
  purpose "Find articles by words"
  release v1 = 1.0.0 stable { provider acme }
  release v1_1 = 1.1.0 stable { provider acme }
  release v1_2 = 1.2.0 stable { provider acme }
  release v2 = 2.0.0 stable { provider acme }
}
