project shop { phase production }
