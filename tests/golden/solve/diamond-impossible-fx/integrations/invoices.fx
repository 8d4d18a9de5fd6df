integration invoices {
  label "Invoices"
  purpose "Write invoices for orders"
  requires currency ^2
  release v1 = 1.0.0 stable { provider acme }
}
