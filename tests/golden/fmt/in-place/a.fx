integration a {
label "x"
}
