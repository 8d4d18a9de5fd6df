// Finds products while somebody types.
integration product-search {
  version 2.3.0
  author "storefront"
  tags catalogue

  label "Search the catalogue"
  purpose "Show matching products while the query is typed"
  render search-box
  provides product_list

  prop page-size: int = 10
  prop debounce: duration = 200ms
  slot query: input
  slot category: select?
  slot results: div
  event found(page: ResultPage)

  type Product { id: string  name: string  category: string  price: number }
  type ResultPage { total: int  products: Product[] }
  operation search(query: string, category: string?, limit: int?) -> ResultPage

  release v2 = 2.3.0 stable {
    provider tidewater-catalogue
    features full-text, suggestions, facets
    config { language = "en"  fuzziness = 1  boost = { name = 2.5  category = 1.0 } }
    search = get "/catalogue/search" { query { q = query  category = category  limit = limit } }
  }

  fallback manual-entry
  production {
    optimizations result-caching, request-coalescing
    monitoring { track_usage = true }
  }
  budget 3s
  limits {
    rate 10/s
    timeout 1s
    queue 10
    retry 1 exponential 100ms..200ms
    breaker 5 failures reset 15s
  }
  alert {
    error-rate > 2% over 5m
    latency-p95 > 400ms over 5m
  }
}
