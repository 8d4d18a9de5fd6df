integration c { label }
