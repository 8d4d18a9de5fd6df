integration a {
  label "L" purpose "P"
  owner "a team"
  $tags a
  docs @home
}
