// Tells people what happens to their orders.
integration notification-delivery {
  version 1.0.2
  author "storefront"
  tags messages

  label "Order updates"
  purpose "Deliver messages about orders and tours over the channel a person chose"
  render preferences
  provides subscription

  prop channel: "email" | "sms" = "email"
  prop topics: string[]
  slot recipient: input
  slot subscribe: button
  slot status: p?
  event subscribed(subscription: Subscription)

  type Subscription { id: string  channel: string  topics: string[] }
  operation subscribe(recipient: string, channel: string, topics: string[]) -> Subscription

  release v1 = 1.0.2 stable {
    provider tidewater-post
    features email, sms
    subscribe = post "/post/subscriptions" {
      json { recipient = recipient  channel = channel  topics = topics }
    }
  }
  release v2 = 2.0.0-beta.1 beta {
    available-from 2026-11-01
    flag "use_push_messages"
    provider tidewater-push
    features email, sms, push
    breaking-changes "topics are named, no longer numbered"
    subscribe = post "/post/subscriptions" {
      json { recipient = recipient  channel = channel  topics = topics }
    }
  }

  active v1
  fallback manual-entry
  route percentage { v1 90%  v2 10% }
  budget 4s
  limits { rate 5/s  burst 10  timeout 3s  queue 20  breaker 5 failures reset 30s }
  alert {
    error-rate > 2% over 5m
    fallback-rate > 5% over 5m
  }
}
