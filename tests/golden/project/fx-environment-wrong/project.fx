project shop {
  environment development {
    provider adress = smarty
    provider address = smart
    flag use_locate on
    flag use_loqate off
  }
}
