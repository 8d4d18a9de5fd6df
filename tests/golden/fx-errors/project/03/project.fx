project shop {
  use stdlb
  phase prod
  unsafe-templates maybe
}
