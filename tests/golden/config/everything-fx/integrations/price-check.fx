integration price-check {
  label "Check a price"
  purpose "Tell what things cost today"
  operation find(id: string) -> json
  operation note(id: string)
  operation book(id: string)

  release v1 = 1.4.0 deprecated {
    guide "./v2.md"
    provider old-prices
    find = get "/old/{id}" {}
  }
  release v2 = 2.0.0 stable {
    provider prices
    trigger "timeout | rate-limit"
    find = get "/prices/{id}" {}
    note = post "/notes" { json { id = id } }
    book = post "/bookings" { headers { Idempotency-Key = id } }
  }
  release v3 = 3.0.0 beta {
    available-from 2026-11-01
    flag "use_new_prices"
    provider new-prices
    find = get "/new/{id}" {}
  }
  release v4 = 4.0.0-alpha.1 development { flag "try_v4" provider try-prices }
  release v0 = 0.9.0 retired { flag "long_gone" provider gone }

  active v2
  fallback v1 trigger timeout -> static
  route v3 when country in ["us", "ca"] and visits >= 3 and beta == true
  route v1 25% when plan != "gold" and country not in ["de"]
  canary v3 {
    1% for 1h
    10% for 1d
    100%
    rollback when error-rate > 5% or latency-p95 > 2s
  }
  budget 20s
  repeatable note
  limits {
    rate 90/m  burst 10  concurrency 4  timeout 2s  queue 20
    retry 2 linear 200ms..1s
    batch 20 within 10ms
    breaker 5 failures reset 1m
  }
  alert {
    fallback-rate > 5% over 5m
    latency-p99 >= 3s over 1h
  }
}
