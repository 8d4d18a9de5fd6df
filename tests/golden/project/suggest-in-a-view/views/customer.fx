view customer "Customer" {
  form {
    input [name="address1" type="text"]
    div use address-validation { input [name="address2"] }
  }
}
