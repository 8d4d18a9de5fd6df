project shop { environment staging { flag new_maps on } }
