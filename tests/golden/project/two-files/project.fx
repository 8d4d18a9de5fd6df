project a { }
