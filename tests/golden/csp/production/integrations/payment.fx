integration payment {
  label "Payment"  purpose "Take money"
  release v1 = 1.0.0 stable {
    provider mock
    module "#adapters/mock"
    origins { connect = "https://mock.example"  image = "https://images.example" }
    production {
      provider pay
      module "#adapters/pay"
      origins { connect = ["https://api.pay.example"]  script = "https://js.pay.example" }
      fallback static
    }
  }
}
