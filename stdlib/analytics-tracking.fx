// analytics-tracking: counts what happens on a page, from the server, without a script of the provider's.
//
// On a page:
//
//   <form data-enhance="analytics-tracking@>=2.2" data-integration-event="sign_up">
//     <input type="hidden" name="visitor" data-slot="visitor">
//     <label for="email">E-mail</label> <input id="email" name="email">
//     <button data-slot="action">Sign up</button>
//   </form>
//
// `visitor` is any text that stays the same for one person and names nobody; you make it, you decide how long it lives,
// and whether there is consent. Calls fail in silence as far as the page is concerned: counting is never worth an error.
//
// Sources: developers.google.com/analytics/devguides/collection/protocol/ga4 (answers 204 without a body),
// posthog.com/docs/api/capture, plausible.io/docs/events-api, support.google.com/analytics (Universal Analytics stopped
// on 1 July 2023, for paying customers a year later).

/// Counts an event, such as a sign-up, for one anonymous visitor.
integration analytics-tracking {
  version 3.0.0
  author "fxc"
  modified 2026-11-22
  tags analytics
  docs "https://developers.google.com/analytics/devguides/collection/protocol/ga4"

  label "Usage statistics"
  purpose "Know which pages and buttons are of use to people"
  render background-service
  provides usage_events

  /// What is counted when the button of slot `action` is pressed.
  prop event: string = "click"

  slot visitor: input
  slot action: button

  event counted()

  /// Counts one event.
  operation track(event: string, visitor: string)

  on click of action {
    call track(event = event, visitor = visitor.value)
    emit counted()
  }

  release v1 = 1.9.0 retired {
    provider universal-analytics
    features events
    until 2023-07-01
    replaced-by v3
    guide "./guides/universal-analytics-to-ga4.md"
  }

  // The project's key may write events and read nothing, but it is kept on the server like the others.
  release v2 = 2.2.0 stable {
    released 2025-11-01
    provider posthog
    features events, funnels
    env POSTHOG_PROJECT_KEY: secret /^phc_[0-9A-Za-z]+$/
    env POSTHOG_HOST: string = "us.i.posthog.com"
    track = post "https://{env.POSTHOG_HOST}/i/v0/e/" {
      json { api_key = env.POSTHOG_PROJECT_KEY  event = event  distinct_id = visitor }
    }
  }

  // The measurement protocol never says that an event was wrong: try new ones at its /debug/mp/collect.
  release v3 = 3.0.0 stable {
    released 2026-02-01
    provider google-analytics
    features events, funnels, audiences
    env GA_MEASUREMENT_ID: string /^G-[0-9A-Z]+$/
    env GA_API_SECRET: secret
    track = post "https://www.google-analytics.com/mp/collect" {
      query { measurement_id = env.GA_MEASUREMENT_ID  api_secret = env.GA_API_SECRET }
      json { client_id = visitor  events = [{ name = event }] }
    }
  }

  active v3
  fallback v3 -> v2 -> static

  // Category, action and label of old became one name.
  migrate v1 -> v3 {
    rename prop action -> event
    drop prop category, label
  }

  production {
    optimizations request-coalescing
  }

  budget 8s
  limits {
    timeout 3s
    queue 500
    breaker 5 failures reset 60s
  }

  alert {
    error-rate > 10% over 15m
  }
}
