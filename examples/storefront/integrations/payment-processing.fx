// Takes money for the cart. The card's digits go from the browser to the payment provider and nowhere else; the shop sees a receipt.
integration payment-processing {
  version 3.4.0
  author "storefront"
  modified 2026-11-22
  tags checkout, money

  label "Pay by card"
  purpose "Charge the cart's amount and hand back a receipt"
  render payment-form
  requires address-validation
  provides receipt

  prop currency: "usd" | "cad" | "eur" = "usd"
  prop amount: number
  slot number: input
  slot expiry: input
  slot code: input
  slot pay: button
  slot status: output?
  event paid(receipt: Receipt)
  event declined(reason: string)

  type Receipt { id: string  status: "succeeded" | "declined"  amount: number  reason: string? }
  operation charge(
    number: string,
    expiry: string,
    code: string,
    amount: number,
    currency: string
  ) -> Receipt

  release v2 = 2.8.1 deprecated {
    provider tidewater-pay-classic
    until 2027-06-30
    guide "./migrations/payment-v2-to-v3.md"
    features cards
    module "#adapters/payment"
  }
  release v3 = 3.4.0 stable {
    released 2026-05-12
    provider tidewater-pay "^3.0"
    features cards, 3d-secure, receipts
    requires address-validation ">=2.4"
    config { capture = "automatic"  statement = "TIDEWATER" }
    module "#adapters/payment"
  }

  active v3
  fallback tidewater-pay-classic -> manual-entry

  migration-strategy parallel
  parallel-start 2026-05-12
  parallel-end 2026-12-31
  cutover-date 2027-01-15
  rollback-available-until 2027-02-15

  production {
    optimizations connection-reuse
    monitoring { track_usage = true  alert_on_errors = true }
  }

  budget 25s
  limits { rate 20/s  concurrency 4  timeout 10s  queue 50  breaker 5 failures reset 60s }
  alert {
    error-rate > 1% over 5m
    latency-p95 > 800ms over 5m
  }
}
