integration search {
  label "Search"
  purpose "Find articles by words"
  release v1 = 1.0.0 beta { provider fake }
  release v2 = 2.0.0 stable { provider acme }
}
