integration images {
  label "Images"
  purpose "Show pictures in the right size"
  release v1 = 1.0.0 stable { provider acme }
  release v1_5 = 1.5.0 stable { provider acme }
  release v2 = 2.0.0 stable { provider acme }
}
