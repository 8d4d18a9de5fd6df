// Records in records: the time may not grow with a power of the depth.
integration fault-report {
  label "Report"
  purpose "Say what is broken"
  operation send(text: string) -> string
  release v1 = 1.0.0 stable {
    provider desk
    send = post "https://desk.example.org/faults" {
      json { part = { part = { part = { part = { part = { part = { part = { part = { part = { part = { part = { part = { part = { part = { part = { part = { part = { part = { part = { part = { part = { part = { part = { part = { fault = text } } } } } } } } } } } } } } } } } } } } } } } } }
      result "/id"
    }
  }
}
