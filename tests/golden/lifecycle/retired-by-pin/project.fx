project shop { pin geocoding "^2" }
