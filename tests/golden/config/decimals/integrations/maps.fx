// Shares and times whose binary fractions are long.
integration maps {
  label "A"
  purpose "B"
  operation find(id: string)
  release v1 = 1.0.0 stable { provider a  find = get "/{id}" {} }
  release v2 = 2.0.0 stable { provider b  find = get "/{id}" {} }
  release v3 = 3.0.0 stable { provider c  find = get "/{id}" {} }
  active v1
  fallback static
  route percentage { v1 33.3%  v2 66.7% }
  canary v3 {
    0.7% for 0.07m
    33.3%
    rollback when success-rate < 99.9%
  }
  budget 0.29m
  limits { timeout 0.57s  retry 1 linear 0.07m..0.29m }
  alert success-rate < 99.9% over 0.7h
}
