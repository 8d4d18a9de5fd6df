project shop {
  environment production { flag use_osm off }
}
