// payment-processing: takes money on the provider's own page, so that no card number ever passes through yours.
//
// On a page:
//
//   <form data-integration="payment-processing@>=2.3" data-integration-capabilities="hosted-checkout,cards">
//     <input type="hidden" name="order" data-slot="order" value="2026-000417">
//     <button data-slot="pay">Pay $568.00</button>
//     <output data-slot="status"></output>
//   </form>
//
// `checkout` answers the address of a page where the person pays; send the browser there. Amounts are in the currency's
// smallest unit: 56800 is $568.00. The currency is set for each provider, since they spell it differently. There is
// deliberately no reaction to the button here: an amount that comes from a browser is whatever somebody wants it to be.
// Call `checkout` from your server, with the amount of the order, and compare what `payment` answers with that order
// before anything is shipped.
//
// `reference` is your order's number and also the key that keeps a repeated call from taking the money twice.
//
// Sources: docs.stripe.com/api/checkout/sessions, docs.stripe.com/api/idempotent_requests, docs.stripe.com/rate-limits
// (100 calls a second, 25 for one endpoint), docs.adyen.com/api-explorer/Checkout/71,
// docs.adyen.com/development-resources/live-endpoints.

/// Takes a payment on a page of the provider's, and gives money back.
integration payment-processing {
  version 3.0.0
  author "fxc"
  modified 2026-11-22
  tags checkout, money
  docs "https://docs.stripe.com/api/checkout/sessions"

  label "Pay"
  purpose "Take money for an order without ever seeing a card number"
  render payment-form
  provides payment

  slot order: input?
  slot pay: button
  slot status: output?

  event opened(checkout: Checkout)
  event paid(payment: Payment)

  /// A page of the provider's where one order is paid.
  type Checkout { id: string  url: url }
  /// `id` is what `refund` wants; it is there once money has come. `amount` is in the currency's smallest unit.
  type Payment { status: string  id: string?  amount: int?  currency: string?  reference: string? }
  type Refund { id: string  status: string? }

  /// Opens a page where `amount` is paid. The browser comes back to `back`.
  operation checkout(amount: int, reference: string, description: string, back: url) -> Checkout
  /// How far a checkout is, by the id that `checkout` answered.
  operation payment(checkout: string) -> Payment
  /// Gives back all or a part of what was paid.
  operation refund(payment: string, amount: int, reference: string) -> Refund

  optional address-validation "^2.4 || ^3.0"

  // A payment link stays open for a day; a link's `status` is `active`, `completed`, `expired`, `paid` or `paymentPending`.
  // `refund` wants the PSP reference of the payment, which comes with the webhook AUTHORISATION, not with the link.
  release v2 = 2.3.0 stable {
    released 2025-10-01
    provider adyen
    features hosted-checkout, cards, wallets, refunds
    env ADYEN_API_KEY: secret
    env ADYEN_MERCHANT_ACCOUNT: string
    env ADYEN_CURRENCY: string = "USD"
    checkout = post "https://checkout-test.adyen.com/v71/paymentLinks" {
      headers { "X-API-Key" = env.ADYEN_API_KEY  "Idempotency-Key" = reference }
      json {
        merchantAccount = env.ADYEN_MERCHANT_ACCOUNT
        reference = reference
        description = description
        returnUrl = back
        amount = { value = amount  currency = env.ADYEN_CURRENCY }
      }
      result { id = "/id"  url = "/url" }
    }
    payment = get "https://checkout-test.adyen.com/v71/paymentLinks/{checkout}" {
      headers { "X-API-Key" = env.ADYEN_API_KEY }
      result {
        status = "/status"
        amount = "/amount/value"
        currency = "/amount/currency"
        reference = "/reference"
      }
    }
    refund = post "https://checkout-test.adyen.com/v71/payments/{payment}/refunds" {
      headers { "X-API-Key" = env.ADYEN_API_KEY  "Idempotency-Key" = "refund-{reference}" }
      json {
        merchantAccount = env.ADYEN_MERCHANT_ACCOUNT
        reference = reference
        amount = { value = amount  currency = env.ADYEN_CURRENCY }
      }
      result { id = "/pspReference"  status = "/status" }
    }

    // Every company has a live address of its own; its prefix stands in the Customer Area.
    production {
      env ADYEN_LIVE_PREFIX: string /^[0-9a-f]+-[0-9A-Za-z]+$/
      checkout = post "https://{env.ADYEN_LIVE_PREFIX}-checkout-live.adyenpayments.com/checkout/v71/paymentLinks" {
        headers { "X-API-Key" = env.ADYEN_API_KEY  "Idempotency-Key" = reference }
        json {
          merchantAccount = env.ADYEN_MERCHANT_ACCOUNT
          reference = reference
          description = description
          returnUrl = back
          amount = { value = amount  currency = env.ADYEN_CURRENCY }
        }
        result { id = "/id"  url = "/url" }
      }
      payment = get "https://{env.ADYEN_LIVE_PREFIX}-checkout-live.adyenpayments.com/checkout/v71/paymentLinks/{checkout}" {
        headers { "X-API-Key" = env.ADYEN_API_KEY }
        result {
          status = "/status"
          amount = "/amount/value"
          currency = "/amount/currency"
          reference = "/reference"
        }
      }
      refund = post "https://{env.ADYEN_LIVE_PREFIX}-checkout-live.adyenpayments.com/checkout/v71/payments/{payment}/refunds" {
        headers { "X-API-Key" = env.ADYEN_API_KEY  "Idempotency-Key" = "refund-{reference}" }
        json {
          merchantAccount = env.ADYEN_MERCHANT_ACCOUNT
          reference = reference
          amount = { value = amount  currency = env.ADYEN_CURRENCY }
        }
        result { id = "/pspReference"  status = "/status" }
      }
    }
  }

  // Test and live keys go to the same address. The API version is said with every call: Stripe keeps old ones alive.
  release v3 = 3.0.0 stable {
    released 2026-04-01
    provider stripe
    quota 100/s
    features hosted-checkout, cards, wallets, refunds, tax
    env STRIPE_SECRET_KEY: secret /^(sk|rk)_(test|live)_[0-9A-Za-z]+$/
    env STRIPE_CURRENCY: string = "usd"
    config { version = "2024-06-20" }
    checkout = post "https://api.stripe.com/v1/checkout/sessions" {
      bearer env.STRIPE_SECRET_KEY
      headers { "Stripe-Version" = config.version  "Idempotency-Key" = reference }
      form {
        mode = "payment"
        client_reference_id = reference
        success_url = back
        cancel_url = back
        "line_items[0][quantity]" = 1
        "line_items[0][price_data][currency]" = env.STRIPE_CURRENCY
        "line_items[0][price_data][unit_amount]" = amount
        "line_items[0][price_data][product_data][name]" = description
      }
      result { id = "/id"  url = "/url" }
    }
    payment = get "https://api.stripe.com/v1/checkout/sessions/{checkout}" {
      bearer env.STRIPE_SECRET_KEY
      headers { "Stripe-Version" = config.version }
      result {
        status = "/payment_status"
        id = "/payment_intent"
        amount = "/amount_total"
        currency = "/currency"
        reference = "/client_reference_id"
      }
    }
    refund = post "https://api.stripe.com/v1/refunds" {
      bearer env.STRIPE_SECRET_KEY
      headers { "Stripe-Version" = config.version  "Idempotency-Key" = "refund-{reference}" }
      form { payment_intent = payment  amount = amount  "metadata[reference]" = reference }
      result { id = "/id"  status = "/status" }
    }
  }

  active v3
  fallback v3 -> v2 -> static

  production {
    monitoring { track_usage = true  alert_on_errors = true }
  }

  budget 130s
  limits {
    rate 25/s  // Stripe's for one endpoint
    concurrency 10
    timeout 20s
    retry 2 exponential 500ms..4s  // safe: every call that takes money has an idempotency key
    breaker 5 failures reset 60s
  }

  alert {
    error-rate > 1% over 5m
    fallback-rate > 5% over 5m
    latency-p95 > 4s over 5m
  }
}
