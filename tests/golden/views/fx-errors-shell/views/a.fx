view shell "Shell" {
  head { title "Twice" meta [charset="utf-8"] text "x" }
  body { p "x" }
  p "beside"
}
