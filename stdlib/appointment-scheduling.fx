// appointment-scheduling: shows when somebody has time, and books it.
//
// On a page:
//
//   <form data-integration="appointment-scheduling@^3" data-integration-capabilities="availability,booking">
//     <label for="day">Day</label>     <input id="day" name="day" type="date" data-slot="day">
//     <label for="time">Time</label>   <select id="time" name="time" data-slot="time"></select>
//     <label for="name">Name</label>   <input id="name" name="name" data-slot="name">
//     <label for="mail">E-mail</label> <input id="mail" name="mail" type="email" data-slot="email">
//     <button type="button" data-slot="book">Book</button>
//   </form>
//
// A time is the provider's own text: hand `book` what `times` answered. Zone is an IANA name, `America/Los_Angeles`.
// Calendly shows times from tomorrow on: it refuses a span that has begun.
//
// Sources: developer.calendly.com/api-docs (500 calls a minute; invitees: 10 a minute; available times: 31 days a call),
// developers.acuityscheduling.com/reference, cal.com/docs/api-reference/v2/v1-v2-differences (v1 ended 8 April 2026).

/// Shows free times of a day, and books one of them.
integration appointment-scheduling {
  version 3.0.0
  author "fxc"
  modified 2026-11-22
  tags calendar
  docs "https://developer.calendly.com/api-docs"

  label "Book an appointment"
  purpose "Let people choose a time that is really free"
  render booking-form
  provides appointment

  /// Time zone of whoever books.
  prop zone: string = "America/Los_Angeles"

  slot day: input
  slot time: select
  slot name: input
  slot email: input
  slot book: button

  event offered(times: Time[])
  event booked(appointment: Appointment)

  type Time { start: string }
  type Appointment { start: string?  manage: url? }

  /// The free times of a day.
  operation times(day: date) -> Time[]
  /// Books a time that `times` answered. `manage` is where it can be changed or called off.
  operation book(
    start: string,
    name: string,
    family: string?,
    email: string,
    zone: string
  ) -> Appointment

  on change of day {
    call times(day = day.value) -> free
    emit offered(free)
  }
  on click of book {
    call book(
      start = time.value,
      name = name.value,
      email = email.value,
      zone = zone
    ) -> appointment
    emit booked(appointment)
  }

  optional email-verification "^1.1 || ^2.0 || ^3.0"

  // Cal.com's API v1, with the key in the address.
  release v1 = 1.2.0 retired {
    provider cal-com-v1
    features availability, booking
    until 2026-04-08
    replaced-by v3
    guide "./guides/cal-com-v1.md"
  }

  // Wants first and family name apart, and answers times in the business's zone.
  release v2 = 2.1.0 stable {
    released 2025-09-01
    provider acuity-scheduling
    features availability, booking
    env ACUITY_USER: string /^[0-9]+$/
    env ACUITY_API_KEY: secret /^[0-9a-f]{32}$/
    env ACUITY_APPOINTMENT_TYPE: int
    times = get "https://acuityscheduling.com/api/v1/availability/times" {
      basic { user = env.ACUITY_USER  password = env.ACUITY_API_KEY }
      query { date = day  appointmentTypeID = env.ACUITY_APPOINTMENT_TYPE }
      each ""
      result { start = "/time" }
    }
    book = post "https://acuityscheduling.com/api/v1/appointments" {
      basic { user = env.ACUITY_USER  password = env.ACUITY_API_KEY }
      json {
        datetime = start
        appointmentTypeID = env.ACUITY_APPOINTMENT_TYPE
        firstName = name
        lastName = family
        email = email
        timezone = zone
      }
      result { start = "/datetime"  manage = "/confirmationPage" }
    }
  }

  release v3 = 3.0.0 stable {
    released 2026-05-01
    provider calendly
    quota 500/m
    features availability, booking, reminders
    env CALENDLY_TOKEN: secret
    env CALENDLY_EVENT_TYPE: url
    times = get "https://api.calendly.com/event_type_available_times" {
      bearer env.CALENDLY_TOKEN
      query {
        event_type = env.CALENDLY_EVENT_TYPE
        start_time = "{day}T00:00:00Z"
        end_time = "{day}T23:59:59Z"
      }
      each "/collection"
      result { start = "/start_time" }
    }
    book = post "https://api.calendly.com/invitees" {
      bearer env.CALENDLY_TOKEN
      json {
        event_type = env.CALENDLY_EVENT_TYPE
        start_time = start
        invitee = { name = name  email = email  timezone = zone }
      }
      result { manage = "/resource/reschedule_url" }
    }
  }

  active v3
  fallback v3 -> static  // not to the other provider: the calendar is kept by one of them

  production {
    monitoring { track_usage = true  alert_on_errors = true }
  }

  // No retry: a booking that timed out may have been made.
  budget 10s
  limits {
    rate 500/m  // Calendly's
    timeout 8s
    breaker 5 failures reset 60s
  }

  alert {
    fallback-rate > 5% over 15m
    error-rate > 2% over 5m
  }
}
