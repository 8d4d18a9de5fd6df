a.fxo: \
  concept/a.html \
  interfaces/geocoding.fxi
concept/a.html:
interfaces/geocoding.fxi:
