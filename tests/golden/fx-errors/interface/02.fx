integration a {
  prop country: "us" | 5
  prop city: string |
  prop zone: Array<string>
}
