view bad "Bad" {
  p { div "x" { span "y" } }
  div { tr { td "x" } }
  img "text"
  div .a [class="b" id="c"] #d optional
  div use a(x = 1) use b(x = 2)
  textarea { b "x" }
  script "</script>"
  ul { a [href="x"] { a "y" } }
  section { body { p "z" } }
  div use a use "b@>=1 <2"
}
view bad "Bad again" { p "x" }
view empty "Empty" {}
