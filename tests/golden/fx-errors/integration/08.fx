integration in { label "L" }
integration true { label "L" }
