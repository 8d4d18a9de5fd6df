// site-search: finds pages of a web site.
//
// On a page:
//
//   <search data-integration="site-search@>=3">
//     <label for="find">Find</label> <input id="find" name="find" type="search" data-slot="query">
//     <button type="button" data-slot="go">Search</button>
//     <ol data-slot="results"></ol>
//   </search>
//
// v3 searches an index of the site's pages that a crawler fills, with the fields `title`, `url` and `summary`. v2 asks
// Google's index: closed to new customers, and gone for the others on 1 January 2027. Bing's went before it.
//
// Sources: algolia.com/doc/rest-api/search, developers.google.com/custom-search/v1/overview (the end; 10,000 calls a
// day), learn.microsoft.com/lifecycle/announcements/bing-search-api-retirement.

/// Finds the pages of a site that fit a few words.
integration site-search {
  version 3.0.0
  author "fxc"
  modified 2026-11-22
  tags search
  docs "https://www.algolia.com/doc/rest-api/search/"

  label "Search this site"
  purpose "Find a page by what stands on it"
  render search-box
  provides page_list

  prop page-size: int = 10

  slot query: input
  slot go: button
  slot results: any?

  event found(pages: Hit[])

  type Hit { title: string  url: string  summary: string? }

  operation search(query: string, limit: int?) -> Hit[]

  on click of go {
    call search(query = query.value, limit = page-size) -> pages
    emit found(pages)
  }

  release v1 = 1.0.0 retired {
    provider bing-custom-search
    features web-index
    until 2025-08-11
    replaced-by v3
    guide "./guides/web-index-to-site-index.md"
  }

  // `num` goes from 1 to 10.
  release v2 = 2.1.0 deprecated {
    provider google-programmable-search
    features web-index
    until 2027-01-01
    replaced-by v3
    guide "./guides/web-index-to-site-index.md"
    env GOOGLE_SEARCH_KEY: secret /^AIza[0-9A-Za-z_-]{35}$/
    env GOOGLE_SEARCH_ENGINE: string
    search = get "https://www.googleapis.com/customsearch/v1" {
      query { key = env.GOOGLE_SEARCH_KEY  cx = env.GOOGLE_SEARCH_ENGINE  q = query  num = limit }
      each "/items"
      result { title = "/title"  url = "/link"  summary = "/snippet" }
    }
  }

  release v3 = 3.0.0 stable {
    released 2026-06-01
    provider algolia
    features own-index, typo-tolerance
    env ALGOLIA_APP_ID: string /^[0-9A-Z]{10}$/
    env ALGOLIA_SEARCH_KEY: secret /^[0-9a-f]{32}$/
    config { index = "pages" }
    search = post "https://{env.ALGOLIA_APP_ID}-dsn.algolia.net/1/indexes/{config.index}/query" {
      headers {
        "X-Algolia-Application-Id" = env.ALGOLIA_APP_ID
        "X-Algolia-API-Key" = env.ALGOLIA_SEARCH_KEY
      }
      json { query = query  hitsPerPage = limit }
      each "/hits"
      result { title = "/title"  url = "/url"  summary = "/summary" }
    }
  }

  // A server of your own, over an index that your build or a crawler fills.
  release v4 = 4.0.0 stable {
    released 2026-11-01
    provider meilisearch
    features own-index, typo-tolerance
    env MEILISEARCH_HOST: string
    env MEILISEARCH_SEARCH_KEY: secret
    config { index = "pages" }
    search = post "https://{env.MEILISEARCH_HOST}/indexes/{config.index}/search" {
      bearer env.MEILISEARCH_SEARCH_KEY
      json { q = query  limit = limit }
      each "/hits"
      result { title = "/title"  url = "/url"  summary = "/summary" }
    }
  }

  active v3
  fallback v3 -> v4 -> static

  migrate v2 -> v3 {
    rename feature web-index -> own-index
  }

  production {
    optimizations result-caching
    monitoring { track_usage = true }
    cache 5m
  }

  budget 10s
  repeatable search  // a POST that only asks
  limits {
    concurrency 20
    timeout 2s
    retry 1 exponential 100ms..200ms
    breaker 5 failures reset 30s
  }

  alert {
    error-rate > 2% over 5m
    latency-p95 > 600ms over 5m
  }
}
