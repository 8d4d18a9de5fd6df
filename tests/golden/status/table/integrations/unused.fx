integration unused {
  label "Unused"
  purpose "Nobody needs it"
  owner "a team\u{1b}[31m whose name is far too long to be shown in one column of a table"
  release v1 stable { provider here }
}
