view a "A" {
  div.wide { p "x" }
  div class="wide" { p "x" }
}
