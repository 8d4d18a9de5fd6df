integration payment {
  label "Payment"  purpose "Take money"
  release v1 = 1.0.0 stable {
    provider pay
    module "#adapters/pay"
    origins {
      conect = "https://api.pay.example"
      script = ["https://js.pay.example/v3/", "data:", "https://js.pay.example"]
      frame = "HTTPS://js.pay.example"
      image = "'self'"
      form = { a = "https://bank.example" }
      font = 3
      media = "https://media.example:8443 https://other.example"
      worker = "https://*"
    }
  }
}
