# explain/FXnnnn.txt, one after the other, to a C header: a macro EXPLAIN_nnnn with each text.
FNR == 1 {
  code = FILENAME
  gsub(/.*FX|\.txt$/, "", code)
  if (NR > 1) print ""
  printf "#define EXPLAIN_%s", code
}
{
  gsub(/[\\"]/, "\\\\&")
  gsub(/\t/, "\\t")
  printf " \\\n  \"%s\\n\"", $0
}
END { print "" }
