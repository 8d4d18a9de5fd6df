generated: \
  concept/a.html \
  integrations/geocoding.yaml
concept/a.html:
integrations/geocoding.yaml:
