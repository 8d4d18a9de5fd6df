generated: \
  integrations/geocoding.fx \
  objects/a.fxo
integrations/geocoding.fx:
objects/a.fxo:
