# grammar/manifest.def as the tables of grammar/README.md: awk -f grammar/manifest.awk grammar/manifest.def
function unquote(s) { sub(/^ *"/, "", s); sub(/"$/, "", s); return s }
function code(s) { gsub(/\|/, "\\|", s); return s == "" ? "" : "`" s "`" }
function field(i,  s) { s = fields[i]; gsub(/^ +| +$/, "", s); return s }
# Splits at commas outside quotes.
function split_fields(text,  i, c, quoted, n) {
  n = 1; fields[1] = ""
  for (i = 1; i <= length(text); i++) {
    c = substr(text, i, 1)
    if (c == "\"") quoted = !quoted
    if (c == "," && !quoted) fields[++n] = ""
    else fields[n] = fields[n] c
  }
}
/^SHAPE\(/ {
  text = $0; sub(/^SHAPE\(/, "", text); sub(/\)$/, "", text); split_fields(text)
  short = field(2) == "none" ? "" : ", short for its `" field(2) "`"
  printf "\n**%s** (%s)%s\n\n| YAML | .fx | value | default | |\n| --- | --- | --- | --- | --- |\n", field(1), unquote(field(3)), short
}
/^CLAUSE\(/ {
  text = $0; sub(/^CLAUSE\(/, "", text); sub(/\)$/, "", text); split_fields(text)
  ways = split(unquote(field(3)), way, "|"); yaml = ""
  for (i = 1; i <= ways; i++) yaml = yaml (i > 1 ? ", " : "") code(way[i])
  kind = field(5); detail = unquote(field(6))
  value = kind == "BLOCK" ? "block " detail : kind == "CHOICE" ? detail : tolower(kind)
  gsub(/\|/, "\\|", value)
  if (field(7) == "MANY") value = value ", or a list"
  if (field(7) == "NAMES") value = value ", or names"
  need = field(8) == "OPTIONAL" ? "" : "**required.** "
  printf "| %s | %s | %s | %s | %s%s |\n", yaml, code(unquote(field(4))), value, code(unquote(field(9))), need, unquote(field(11))
}
/^METRIC\(/ {
  text = $0; sub(/^METRIC\(/, "", text); sub(/\)$/, "", text); split_fields(text)
  if (!metrics++) print "\n**Metrics**\n\n| metric | compared with | |\n| --- | --- | --- |"
  printf "| %s | a %s | %s |\n", code(unquote(field(1))), tolower(field(2)), unquote(field(3))
}
