// email-verification: tells whether mail to an address can arrive, before somebody waits for it.
//
// On a page:
//
//   <div data-integration="email-verification@>=1.1" data-integration-capabilities="deliverability,typo-suggestion">
//     <label for="email">E-mail</label> <input id="email" name="email" type="email" data-slot="email">
//     <p role="status" data-slot="hint"></p>
//   </div>
//
// `verdict` is the provider's own word: Kickbox says deliverable, undeliverable, risky or unknown; ZeroBounce valid,
// invalid, catch-all, unknown, spamtrap, abuse or do_not_mail; Mailgun deliverable, undeliverable, do_not_send,
// catch_all or unknown. Refuse what is surely wrong, and let the rest pass: none of them is always right.
//
// Sources: docs.kickbox.com/docs/single-verification-api and /docs/using-the-api (8,000 calls a minute, 25 at a time),
// zerobounce.net/docs/email-validation-api-quickstart (50,000 calls in 10 seconds),
// documentation.mailgun.com/docs/validate/single-valid-ir.

/// Tells whether an e-mail address exists, and what was probably meant where it does not.
integration email-verification {
  version 3.0.0
  author "fxc"
  modified 2026-11-22
  tags identity, email
  docs "https://docs.kickbox.com/docs/single-verification-api"

  label "Check an e-mail address"
  purpose "Find typing errors and dead mailboxes before mail is sent"
  render input-field
  validates email_address
  provides email_verdict

  slot email: input
  /// Shows the address that was probably meant.
  slot hint: p?

  event verified(verdict: Verdict)

  type Verdict {
    verdict: string
    reason: string?
    suggestion: string?
    free: bool?
    disposable: bool?
    role: bool?
  }

  operation verify(email: string) -> Verdict

  on change of email {
    call verify(email = email.value) -> found
    fill hint = found.suggestion
    emit verified(found)
  }

  release v1 = 1.1.0 stable {
    released 2025-04-01
    provider mailgun
    features deliverability, typo-suggestion, disposable-detection
    env MAILGUN_API_KEY: secret
    verify = get "https://api.mailgun.net/v4/address/validate" {
      basic { user = "api"  password = env.MAILGUN_API_KEY }
      query { address = email }
      result {
        verdict = "/result"
        reason = "/reason/0"
        suggestion = "/did_you_mean"
        disposable = "/is_disposable_address"
        role = "/is_role_address"
      }
    }
  }

  // Its `free_email` is a boolean in answers of this version; what it suggests is empty where nothing is wrong.
  release v2 = 2.0.0 stable {
    released 2025-09-01
    provider zerobounce
    quota 5000/s
    features deliverability, typo-suggestion
    env ZEROBOUNCE_API_KEY: secret
    verify = get "https://api.zerobounce.net/v2/validate" {
      query { api_key = env.ZEROBOUNCE_API_KEY  email = email  ip_address = "" }
      result {
        verdict = "/status"
        reason = "/sub_status"
        suggestion = "/did_you_mean"
        free = "/free_email"
      }
    }
  }

  release v3 = 3.0.0 stable {
    released 2026-03-01
    provider kickbox
    quota 8000/m
    features deliverability, typo-suggestion, disposable-detection
    env KICKBOX_API_KEY: secret /^(live|test)_[0-9a-f]+$/
    config { timeout = 6000 }  // of its conversation with the mail server, in milliseconds
    verify = get "https://api.kickbox.com/v2/verify" {
      query { email = email  apikey = env.KICKBOX_API_KEY  timeout = config.timeout }
      result {
        verdict = "/result"
        reason = "/reason"
        suggestion = "/did_you_mean"
        free = "/free"
        disposable = "/disposable"
        role = "/role"
      }
    }
  }

  active v3
  fallback v3 -> v2 -> v1 -> manual-entry

  production {
    optimizations result-caching
    monitoring { track_usage = true  alert_on_errors = true }
    cache 1h
  }

  budget 50s
  limits {
    rate 8000/m  // Kickbox; the others allow more
    concurrency 25
    timeout 8s
    retry 1 exponential 500ms..1s
    breaker 5 failures reset 60s
  }

  alert {
    fallback-rate > 10% over 15m
    error-rate > 2% over 5m
  }
}
