integration rate-1 {
  label "A"
  purpose "B"
  operation find(id: string)
  release v1 = 1.0.0 stable { provider p1  find = get "/{id}" {} }
  fallback static
  limits { rate 50/s }
}
integration rate-2 {
  label "A"
  purpose "B"
  operation find(id: string)
  release v1 = 1.0.0 stable { provider p2  find = get "/{id}" {} }
  fallback static
  limits { rate 5/m }
}
integration rate-3 {
  label "A"
  purpose "B"
  operation find(id: string)
  release v1 = 1.0.0 stable { provider p3  find = get "/{id}" {} }
  fallback static
  limits { rate 120/m }
}
integration rate-4 {
  label "A"
  purpose "B"
  operation find(id: string)
  release v1 = 1.0.0 stable { provider p4  find = get "/{id}" {} }
  fallback static
  limits { rate 7/h }
}
integration rate-5 {
  label "A"
  purpose "B"
  operation find(id: string)
  release v1 = 1.0.0 stable { provider p5  find = get "/{id}" {} }
  fallback static
  limits { rate 5/d }
}
integration rate-6 {
  label "A"
  purpose "B"
  operation find(id: string)
  release v1 = 1.0.0 stable { provider p6  find = get "/{id}" {} }
  fallback static
  limits { rate 0.5/s }
}
integration rate-7 {
  label "A"
  purpose "B"
  operation find(id: string)
  release v1 = 1.0.0 stable { provider p7  find = get "/{id}" {} }
  fallback static
  limits { rate 2.5/s }
}
integration rate-8 {
  label "A"
  purpose "B"
  operation find(id: string)
  release v1 = 1.0.0 stable { provider p8  find = get "/{id}" {} }
  fallback static
  limits { rate 1.3/m }
}
integration rate-9 {
  label "A"
  purpose "B"
  operation find(id: string)
  release v1 = 1.0.0 stable { provider p9  find = get "/{id}" {} }
  fallback static
  limits { rate 0.333/h }
}
integration rate-10 {
  label "A"
  purpose "B"
  operation find(id: string)
  release v1 = 1.0.0 stable { provider p10  find = get "/{id}" {} }
  fallback static
  limits { rate 1/d }
}
