// notification-delivery: tells people by mail or text message what happens to their order.
//
// On a page:
//
//   <fieldset data-integration="notification-delivery@>=2.2" data-integration-capabilities="email,text">
//     <label for="to">E-mail</label> <input id="to" name="to" type="email" data-slot="recipient">
//     <input type="hidden" name="order" data-slot="reference" value="2026-000417">
//     <button type="button" data-slot="subscribe">Keep me informed</button>
//     <p role="status" data-slot="status"></p>
//   </fieldset>
//
// The words lie with the provider, as a template, or in `config`; a call only says to whom and about what. So whoever
// imitates a page can have no message of their own sent. Account-specific things are environment variables.
//
// Sources: developers.brevo.com/reference/sendtransacemail and /docs/api-limits (150 text messages a second, 1,000
// mails), twilio.com/docs/sendgrid/api-reference/mail-send, twilio.com/docs/messaging/api/message-resource,
// sendgrid.com/docs/API_Reference/Web_API (Web API v2 deprecated on 10 February 2025).

/// Sends a prepared message to one person, by mail or as a text message.
integration notification-delivery {
  version 3.0.0
  author "fxc"
  modified 2026-11-22
  tags messages
  docs "https://developers.brevo.com/reference/sendtransacemail"

  label "Order updates"
  purpose "Tell people what happens to their orders over the channel they chose"
  render preferences
  provides notification

  slot recipient: input
  slot reference: input
  slot subscribe: button
  slot status: any?

  event delivered(receipt: Receipt)

  /// SendGrid answers a mail without an id.
  type Receipt { id: string? }

  /// Mails the template, with the reference in it.
  operation email(to: string, reference: string) -> Receipt
  /// Sends the text message, with the reference behind it. `to` is in E.164 form.
  operation text(to: string, reference: string) -> Receipt

  on click of subscribe {
    call email(to = recipient.value, reference = reference.value) -> receipt
    emit delivered(receipt)
  }

  // SendGrid's Web API v2, with user name and password.
  release v1 = 1.4.0 retired {
    provider sendgrid-v2
    features email
    until 2025-02-10
    replaced-by v2
    guide "./guides/sendgrid-v2-to-v3.md"
  }

  // Mail through SendGrid, text messages through Twilio itself. Templates are dynamic ones, `d-…`.
  release v2 = 2.2.0 stable {
    released 2025-06-01
    provider twilio
    features email, text
    env SENDGRID_API_KEY: secret /^SG\.[0-9A-Za-z_-]+\.[0-9A-Za-z_-]+$/
    env SENDGRID_TEMPLATE: string /^d-[0-9a-f]{32}$/
    env SENDGRID_SENDER: string
    env TWILIO_ACCOUNT_SID: string /^AC[0-9a-f]{32}$/
    env TWILIO_AUTH_TOKEN: secret /^[0-9a-f]{32}$/
    env TWILIO_MESSAGING_SERVICE: string /^MG[0-9a-f]{32}$/
    config { words = "News about your order" }
    email = post "https://api.sendgrid.com/v3/mail/send" {
      bearer env.SENDGRID_API_KEY
      json {
        from = { email = env.SENDGRID_SENDER }
        template_id = env.SENDGRID_TEMPLATE
        personalizations = [
          { to = [{ email = to }]  dynamic_template_data = { reference = reference } }
        ]
      }
      result {}  // 202 with nothing in it
    }
    text = post "https://api.twilio.com/2010-04-01/Accounts/{env.TWILIO_ACCOUNT_SID}/Messages.json" {
      basic { user = env.TWILIO_ACCOUNT_SID  password = env.TWILIO_AUTH_TOKEN }
      form {
        To = to
        MessagingServiceSid = env.TWILIO_MESSAGING_SERVICE
        Body = "{config.words}: {reference}"
      }
      result { id = "/sid" }
    }
  }

  release v3 = 3.0.0 stable {
    released 2026-02-01
    provider brevo
    features email, text
    env BREVO_API_KEY: secret /^xkeysib-[0-9a-f]{64}-[0-9A-Za-z]{16}$/
    env BREVO_TEMPLATE: int
    env BREVO_SENDER: string = "Shop"  // of text messages; at most 11 letters and digits
    config { words = "News about your order" }
    email = post "https://api.brevo.com/v3/smtp/email" {
      headers { api-key = env.BREVO_API_KEY }
      json {
        to = [{ email = to }]
        templateId = env.BREVO_TEMPLATE
        params = { reference = reference }
      }
      result { id = "/messageId" }
    }
    text = post "https://api.brevo.com/v3/transactionalSMS/sms" {
      headers { api-key = env.BREVO_API_KEY }
      json {
        type = "transactional"
        sender = env.BREVO_SENDER
        recipient = to
        content = "{config.words}: {reference}"
      }
      result { id = "/reference" }
    }
  }

  active v3
  fallback v3 -> v2 -> static

  production {
    monitoring { track_usage = true  alert_on_errors = true }
  }

  // No retry: a message that may have gone out is not sent again.
  budget 25s
  limits {
    rate 150/s  // Brevo's for text messages
    timeout 10s
    queue 200
    breaker 5 failures reset 60s
  }

  alert {
    fallback-rate > 5% over 5m
    error-rate > 2% over 5m
  }
}
