// product-search: finds products while somebody types.
//
// On a page:
//
//   <div data-integration="product-search@>=1.1" data-integration-capabilities="full-text,typo-tolerance">
//     <label for="q">Search</label> <input id="q" name="q" type="search" data-slot="query">
//     <div data-slot="results" aria-live="polite"></div>
//   </div>
//
// Every provider searches an index that you fill. What is asked of its records: an id, `name`, and if they have them
// `url`, `category` and `price`. The keys may search and nothing else. For the pages of a site there is `site-search`.
//
// Sources: algolia.com/doc/rest-api/search, typesense.org/docs (search), meilisearch.com/docs/reference/api/search.

/// Finds products by a few letters of what people call them.
integration product-search {
  version 3.0.0
  author "fxc"
  modified 2026-11-22
  tags catalogue, search
  docs "https://www.algolia.com/doc/rest-api/search/"

  label "Search the catalogue"
  purpose "Show matching products while the query is typed"
  render search-box
  provides product_list

  prop page-size: int = 10
  prop debounce: duration = 200ms

  slot query: input
  slot results: any?

  event found(products: Product[])

  type Product { id: string  name: string  url: string?  category: string?  price: number? }

  operation search(query: string, limit: int?) -> Product[]

  on input of query after debounce {
    call search(query = query.value, limit = page-size) -> products
    emit found(products)
  }

  // A server of your own, or the vendor's cloud. Ids are texts in this index.
  release v1 = 1.1.0 stable {
    released 2025-02-01
    provider meilisearch
    features full-text, typo-tolerance
    env MEILISEARCH_HOST: string
    env MEILISEARCH_SEARCH_KEY: secret
    config { index = "products" }
    search = post "https://{env.MEILISEARCH_HOST}/indexes/{config.index}/search" {
      bearer env.MEILISEARCH_SEARCH_KEY
      json { q = query  limit = limit }
      each "/hits"
      result { id = "/id"  name = "/name"  url = "/url"  category = "/category"  price = "/price" }
    }
  }

  release v2 = 2.0.0 stable {
    released 2025-08-01
    provider typesense
    features full-text, typo-tolerance, facets
    env TYPESENSE_HOST: string
    env TYPESENSE_SEARCH_KEY: secret
    config { collection = "products"  fields = "name,category" }
    search = get "https://{env.TYPESENSE_HOST}/collections/{config.collection}/documents/search" {
      headers { "X-TYPESENSE-API-KEY" = env.TYPESENSE_SEARCH_KEY }
      query { q = query  query_by = config.fields  per_page = limit }
      each "/hits"
      result {
        id = "/document/id"
        name = "/document/name"
        url = "/document/url"
        category = "/document/category"
        price = "/document/price"
      }
    }
  }

  release v3 = 3.0.0 stable {
    released 2026-03-01
    provider algolia
    features full-text, typo-tolerance, facets, analytics
    env ALGOLIA_APP_ID: string /^[0-9A-Z]{10}$/
    env ALGOLIA_SEARCH_KEY: secret /^[0-9a-f]{32}$/
    config { index = "products" }
    search = post "https://{env.ALGOLIA_APP_ID}-dsn.algolia.net/1/indexes/{config.index}/query" {
      headers {
        "X-Algolia-Application-Id" = env.ALGOLIA_APP_ID
        "X-Algolia-API-Key" = env.ALGOLIA_SEARCH_KEY
      }
      json { query = query  hitsPerPage = limit }
      each "/hits"
      result {
        id = "/objectID"
        name = "/name"
        url = "/url"
        category = "/category"
        price = "/price"
      }
    }
  }

  active v3
  fallback v3 -> v2 -> v1 -> static

  production {
    optimizations result-caching, request-coalescing
    monitoring { track_usage = true }
    cache 1m
  }

  budget 8s
  repeatable search  // a POST that only asks
  limits {
    concurrency 20
    timeout 1s
    retry 1 exponential 100ms..200ms
    breaker 5 failures reset 30s
  }

  alert {
    fallback-rate > 5% over 5m
    latency-p95 > 300ms over 5m
  }
}
