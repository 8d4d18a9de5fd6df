integration search {
  label "Search"
  purpose "Find articles by words"
  release v9 stable { provider acme }
  release v10 stable { provider acme }
  release v2 stable { provider acme }
}
