generated: \
  concept/a.html \
  integrations/geocoding.yaml
