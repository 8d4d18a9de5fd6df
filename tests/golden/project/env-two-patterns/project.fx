project shop { environment test {} }
