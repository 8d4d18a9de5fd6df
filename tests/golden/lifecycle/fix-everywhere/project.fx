project shop { pin geocoding ">=2 <3" }
