# stdlib/templates/**/*.mustache, one after the other, to rows of a C table: {name, text, length}.
FNR == 1 {
  name = FILENAME
  sub(/^stdlib\/templates\//, "", name)
  sub(/\.mustache$/, "", name)
  if (NR > 1) print "\"},"
  printf "{\"%s\", \"", name
}
{
  gsub(/[\\"]/, "\\\\&")
  gsub(/\t/, "\\t")
  gsub(/\?\?/, "?\"\"?")
  printf "%s\\n\"\n \"", $0
}
END { print "\"}," }
