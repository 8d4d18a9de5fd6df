// Where a parcel is. Which of the three releases answers is decided by the environment that is built for.

/// Tells where a parcel is, by its number.
integration parcel-tracking {
  version 3.0.0
  author "environments"
  tags delivery

  label "Where is my parcel?"
  purpose "Answer the most frequent question of all without a telephone call"
  render panel
  provides parcel_status

  slot number: input
  slot status: output

  event found(parcel: Parcel)

  type Parcel { status: string  place: string? }

  operation track(number: string) -> Parcel

  on change of number {
    call track(number = number.value) -> parcel
    fill status = parcel.status
    emit found(parcel)
  }

  // Never chosen unless an environment names its provider: see the status.
  release v1 = 1.0.0 development {
    provider sandbox
    features tracking
    env SANDBOX_URL: url = "http://localhost:4010"
    track = get "http://localhost:4010/parcels" {
      query { number = number }
      result { status = "/status" }
    }
  }

  release v2 = 2.3.0 stable {
    provider parcel-desk
    features tracking
    env PARCEL_TOKEN: secret /^(test|live)_[0-9a-f]{32}$/
    track = get "https://api.parcel-desk.example/v2/parcels" {
      bearer env.PARCEL_TOKEN
      query { number = number }
      result { status = "/parcel/status" }
    }
  }

  release v3 = 3.0.0 beta {
    provider parcel-desk
    flag "parcel_events"
    features tracking, events
    env PARCEL_TOKEN: secret /^(test|live)_[0-9a-f]{32}$/
    track = get "https://api.parcel-desk.example/v2/parcels" {
      bearer env.PARCEL_TOKEN
      query { number = number }
      result { status = "/parcel/status"  place = "/parcel/place/city" }
    }
  }

  active v2
  fallback v2 -> static

  limits { timeout 3s  retry 1 exponential 200ms..1s  breaker 5 failures reset 60s }
}
