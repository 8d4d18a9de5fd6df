// Pages come from views/ and from concept/ alike; the integrations are those of the standard library and one of our own.
project views {
  use stdlib
}
