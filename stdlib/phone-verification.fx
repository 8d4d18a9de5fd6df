// phone-verification: makes sure that a phone number belongs to the person who typed it, with a code sent to it.
//
// On a page:
//
//   <div data-integration="phone-verification@>=2.1">
//     <label for="phone">Phone</label> <input id="phone" name="phone" type="tel" data-slot="phone">
//     <button type="button" data-slot="send">Send me a code</button>
//     <input type="hidden" name="verification" data-slot="verification">
//     <label for="code">Code</label>   <input id="code" name="code" inputmode="numeric" data-slot="code">
//     <button type="button" data-slot="confirm">Confirm</button>
//   </div>
//
// Numbers are in E.164 form, `+14155550132`. A code can only be checked by the provider that sent it, so a page keeps
// what `start` answered (in the hidden input above). What counts as verified is the provider's word: `approved` is
// Twilio's, `accepted` Telnyx's.
//
// Sources: twilio.com/docs/verify/api, developers.telnyx.com/api/verify, twilio.com/docs/authy (Authy's end; README of the
// `authy` gem by Twilio: errors from 1 May 2023).

/// Sends a code to a phone number and checks what the person typed.
integration phone-verification {
  version 2.1.0
  author "fxc"
  modified 2026-11-22
  tags identity, phone
  docs "https://www.twilio.com/docs/verify/api"

  label "Confirm your phone number"
  purpose "Reach people only at numbers that are theirs"
  render input-field
  validates phone_number
  provides verified_phone

  /// How the code travels.
  prop channel: "sms" | "call" = "sms"

  slot phone: input
  slot send: button
  /// Keeps the verification's id between the two steps.
  slot verification: input
  slot code: input
  slot confirm: button

  event sent(verification: Verification)
  event checked(outcome: Outcome)

  type Verification { id: string  status: string? }
  type Outcome { status: string  valid: bool? }

  /// Sends a code to a number. The answer's id is needed to check it.
  operation start(phone: string, channel: "sms" | "call") -> Verification
  /// Whether the code is the one that was sent.
  operation check(verification: string, code: string) -> Outcome

  on click of send {
    call start(phone = phone.value, channel = channel) -> sending
    fill verification = sending.id
    emit sent(sending)
  }
  on click of confirm {
    call check(verification = verification.value, code = code.value) -> outcome
    emit checked(outcome)
  }

  // The Authy API: text and voice codes ended with errors from this day on.
  release v1 = 1.3.0 retired {
    provider authy
    features sms-code, voice-code
    until 2023-05-01
    replaced-by v2
    guide "./guides/authy-to-verify.md"
  }

  // A service (VA…) holds the texts, the code's length and the limits; a verification (VE…) is one code.
  release v2 = 2.1.0 stable {
    released 2026-02-01
    provider twilio-verify
    features sms-code, voice-code, fraud-guard
    env TWILIO_ACCOUNT_SID: string /^AC[0-9a-f]{32}$/
    env TWILIO_AUTH_TOKEN: secret /^[0-9a-f]{32}$/
    env TWILIO_VERIFY_SERVICE: string /^VA[0-9a-f]{32}$/
    start = post "https://verify.twilio.com/v2/Services/{env.TWILIO_VERIFY_SERVICE}/Verifications" {
      basic { user = env.TWILIO_ACCOUNT_SID  password = env.TWILIO_AUTH_TOKEN }
      form { To = phone  Channel = channel }
      result { id = "/sid"  status = "/status" }
    }
    check = post "https://verify.twilio.com/v2/Services/{env.TWILIO_VERIFY_SERVICE}/VerificationCheck" {
      basic { user = env.TWILIO_ACCOUNT_SID  password = env.TWILIO_AUTH_TOKEN }
      form { VerificationSid = verification  Code = code }
      result { status = "/status"  valid = "/valid" }
    }
  }

  // A verify profile plays the part of Twilio's service.
  release v3 = 3.0.0 stable {
    released 2026-06-01
    provider telnyx-verify
    features sms-code, voice-code
    env TELNYX_API_KEY: secret /^KEY[0-9A-Za-z_]+$/
    env TELNYX_VERIFY_PROFILE: string /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
    start = post "https://api.telnyx.com/v2/verifications/{channel}" {
      bearer env.TELNYX_API_KEY
      json { phone_number = phone  verify_profile_id = env.TELNYX_VERIFY_PROFILE }
      result { id = "/data/id"  status = "/data/status" }
    }
    check = post "https://api.telnyx.com/v2/verifications/{verification}/actions/verify" {
      bearer env.TELNYX_API_KEY
      json { code = code }
      result { status = "/data/response_code" }
    }
  }

  active v2
  fallback v2 -> v3 -> manual-entry

  production {
    monitoring { track_usage = true  alert_on_errors = true }
  }

  // No retry: every start is a message that somebody pays for.
  budget 25s
  limits {
    rate 5/s
    burst 10
    timeout 10s
    breaker 5 failures reset 60s
  }

  alert {
    fallback-rate > 5% over 5m
    error-rate > 2% over 5m
  }
}
