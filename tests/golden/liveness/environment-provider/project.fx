project shop { environment production { provider geocoding = mapbox } }
