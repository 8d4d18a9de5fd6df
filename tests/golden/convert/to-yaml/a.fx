// Two of them in one file.

/// Takes money.
/// And gives it back.
integration payment stub {  // of the shop
  label "[TODO: what people call it]" purpose ""
  /* Words
   * to find it by. */
  tags money, "3-d"; owner "shop"
  prop amount: number prop currency: "usd" | "cad" = "usd"
  slot pay: button
  /// What was paid.
  operation charge(amount: number, card: Card?) -> Receipt
  type Card { number: string  code: string }
  type Receipt {
    id: string // unique

    // in the currency of the charge
    amount: number
  }
  release v2 = 2.0.0 {
    provider tidewater "^2"  // and its SDK
    config { a = "x: y"  b = ["#1", true, "true", 1.5, null]  c = { d = """
      two
      lines
      """ } }
    env KEY: secret /^a\/b$/
    charge = post "https://example.com/charge" { json { amount = amount  kind = "amount"  note = "free text" } }
    x-ticket = "A-1"
  }
  active v2
  fallback v2 -> static  // the markup
  route v2 90% when plan == "pro" and age > 3
  // end of payment
}
integration mail {
  label "Yes" purpose "no" render on
  prototype beta { provider smtp }
}
// end
