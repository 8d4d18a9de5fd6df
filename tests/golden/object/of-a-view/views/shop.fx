view text "Text & <tags>" {
  html [lang="de"] {
    head { link [rel="stylesheet" href="a.css?b&c"] }
    body .plain [data-theme="dark"] {
      main {
        h1 "A & <b>"
        p { text "Some " b "bold" text ", and " a [href="x.html"] "a link" text ".\u{a0}\"\\" }
        nav [aria-label="Pages"] { a [href="a.html"] "A" text " " a [href="b.html"] "B" }
        ul {
          li "one"
          li { p "two" p "three" }
        }
        pre "\n  kept"
        p """
          Two lines,
            indented.
          """
        label [for="notes"] "Notes"
        textarea #notes [name="notes"] "\n\nThe second line"
        table { tbody { tr { td { text "1" br text "2" } } } }
        hr
        `slot` [name="s"] "quoted"
        svg [viewBox="0 0 1 1"] { path [d="M0 0"] }
      }
    }
  }
}
