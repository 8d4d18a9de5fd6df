integration a {
  operation validate street: string -> Address
  operation find(street: string) => Address
  operation get(a: string): Address
}
