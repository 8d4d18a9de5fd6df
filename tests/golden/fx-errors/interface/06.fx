integration a {
  type Address { street: string, city?: string, zip }
  type { a: int }
  type Point = { lat: number }
}
