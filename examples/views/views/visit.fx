// A view in .fx says what HTML says, with a word for each thing that an integration needs.
view visit "Plan a visit" {
  main .visit {
    h1 "Plan a visit"
    p { text "A technician comes within "  strong "two days"  text "." }
    form [method="post"] {
      div .field-group use technician-skills (needed = ["heating", "electricity"]) {
        label [for="fault"] "What is broken"
        input #fault [name="fault" required] slot fault
      }
      div .section-map use geographic-display optional depends geocoding {
        div slot map "Service territory"
      }
      button [type="submit"] "Ask for a visit"
    }
  }
}

/// Finds out which technicians can mend what is broken.
integration technician-skills {
  label "Describe the fault"
  purpose "Send somebody who can mend it"
  prop needed: string[]
  slot fault: input
  release v1 = 1.0.0 stable { provider skills-table }
}
