project shop { pin geocoding "^3" }
