project shop {
  discover {
    suggest address-validation when xpath "//input[contains(@name,'address')][not(ancestor::*[@data-integration])]"
  }
}
