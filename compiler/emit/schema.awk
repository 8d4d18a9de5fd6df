# schema/*.json, one after the other, to rows of a C table: {name, text}.
FNR == 1 {
  name = FILENAME
  gsub(/.*\/|\.json$/, "", name)
  if (NR > 1) print "\"},"
  printf "{\"%s\", \"", name
}
{
  gsub(/[\\"]/, "\\\\&")
  printf "%s\\n\"\n \"", $0
}
END { print "\"}," }
