project shop { use stdlib }
