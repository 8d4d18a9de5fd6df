// fxc-ignore FX1302: nothing there but what is below
view account "Account" {
  // fxc-ignore FX1302: the old calculator
  p [onclick="x()"] "text"
}
view other "Other" {
  p [onclick="x()"] "text"
  // fxc-ignore FX1301: no script there
  p "text"
}
