// Where a service goes, and what it looks like on the map.
view account-detail "Account \"Details\"" {
  main .account-detail #top {
    h1 "Account Details"
    form [method="post"] {
      div .field-group .wide use address-validation@^3 (country = "us", capabilities = ["validation", "autocomplete"]) {
        label [for="street"] "Street"
        input #street [name="street" required] slot street
      }
      div .section-map use geographic-display optional depends address-validation, street "Service territory map"
      button [type="submit"] "Save"
    }
  }
}
