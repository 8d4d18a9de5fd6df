// Every kind of variable: patterns with slashes and letters that are not ASCII, the same name twice, defaults, and
// what a release names that asks from browsers alone.
integration maps {
  label "A"
  purpose "B"
  operation find(id: string)
  release v1 = 1.0.0 stable {
    provider a
    env KEY: secret
    env PATHS: secret /^\/a[/]\\\/b$/
    env NAME: string /^Grüße$/
    env MODE: string = "fast"
    env COUNT: int /^[0-9]{1,3}$/ = 2
    env LOOK: string /^(?=a)/
    find = get "https://example.com/{id}" { bearer env.KEY  query { p = env.PATHS  n = env.NAME  m = env.MODE  c = env.COUNT  l = env.LOOK } }
  }
  release v2 = 2.0.0 stable {
    provider b
    env KEY: string /^k/ = "k"
    env UNUSED: string
    find = get "/{id}" {}
  }
  active v1
  fallback v2 -> static
}
integration half {
  label "A"
  purpose "B"
  operation find(id: string)
  release v1 = 1.0.0 stable {
    provider c
    env MODE: string
    find = get "https://example.com/{id}" { bearer env.MODE }
  }
  fallback static
}
integration handler {
  label "A"
  purpose "B"
  operation find(id: string)
  release v1 = 1.0.0 stable {
    provider d
    env HERS: secret
    find = get "https://example.com/{id}" { bearer env.HERS }
  }
  fallback static
}
