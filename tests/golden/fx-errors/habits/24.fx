{ "a-b": { "concept": { "label": "L" } } }
