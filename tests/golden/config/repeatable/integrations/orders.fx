integration orders {
  label "A"
  purpose "B"
  operation read(id: string)
  operation head(id: string)
  operation replace(id: string)
  operation remove(id: string)
  operation add(id: string)
  operation add-once(id: string)
  operation patch(id: string)
  operation patch-once(id: string)
  operation named(id: string)
  operation sometimes(id: string)
  release v1 = 1.0.0 stable {
    provider a
    sometimes = get "/{id}" {}
  }
  release v2 = 2.0.0 stable {
    provider b
    read = get "/{id}" {}
    head = head "/{id}" {}
    replace = put "/{id}" {}
    remove = delete "/{id}" {}
    add = post "/" { json { id = id } }
    add-once = post "/" { json { deep = { IDEMPOTENCY_KEY = id } } }
    patch = patch "/{id}" {}
    patch-once = patch "/{id}" { query { client-token = id } }
    named = post "/{id}" {}
    sometimes = post "/{id}" {}
  }
  active v2
  fallback v1 -> static
  repeatable named
}
integration modules {
  label "A"
  purpose "B"
  operation read(id: string)
  operation named(id: string)
  release v1 = 1.0.0 stable {
    provider a
    read = get "/{id}" {}
    named = get "/{id}" {}
  }
  release v2 = 2.0.0 stable { provider b  module "./adapter" }
  active v2
  fallback v1 -> static
  repeatable named
}
