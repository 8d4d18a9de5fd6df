project shop {
  environment development { provider address = smarty  set SMARTY_ID }
  environment production { set MAPS_KEY  flag use_loqate off }
}
