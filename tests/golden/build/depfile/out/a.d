generated: \
  concept/a.html \
  concept/b\ c$$.html \
  integrations/geocoding.yaml
