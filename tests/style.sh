#!/bin/sh
# The rules of the house that a machine can check, over hand-written C: include direction, size of functions and
# files, documented headers, words that do not belong here. Prints what breaks a rule, then "N passed, N failed".
# shellcheck disable=SC2046,SC2086  # lists of words
set -u
cd "$(dirname "$0")/.." || exit 1

# compiler/README.md: an include goes to the left, or stays in its folder. Folders with one number do not know each other.
order='base=1 solver=2 source=2 diag=3 clause=4 html=5 yaml=5 json=5 fx=5 viewforge=6 ast=6 ir=7 passes=8 emit=9 store=10 edit=11
  workspace=12 watch=13 commands=14 lsp=14'
function_limit=100 function_notice=70 file_limit=500
passed=0 failed=0

verdict() { # NAME OFFENDERS
  if [ -z "$2" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'style: %s\n%s\n' "$1" "$2"
  fi
}

c_files=$(find compiler tests -name '*.[ch]' | sort)
headers=$(find compiler -name '*.h' | sort)

# A lexer or parser of grammar/ belongs to the folder whose header it includes first, and so does the header made of it.
grammars=$(find grammar -name '*.re' -o -name '*.y' | sort)
verdict "an include that goes to the right of the order in compiler/README.md, or that hides where it goes" "$(awk -v order="$order" '
  BEGIN { n = split(order, pairs, /[ \n=]+/); for (i = 1; i < n; i += 2) rank[pairs[i]] = pairs[i + 1]; home["diag_explain"] = "diag"; home["emit_templates"] = home["emit_schemas"] = "emit" }
  FNR == 1 {
    n = split(FILENAME, path, "/")
    here = path[1] == "compiler" && n > 2 ? path[2] : ""
    if (here && !(here in rank)) print FILENAME ": the folder " here " has no place in the order"
  }
  !/^#include "/ { next }
  /"\.\.?\// && !/runtime\/[a-z]+\.def"/ && FILENAME ~ /^compiler/ { print FILENAME ":" FNR ": an include by a relative path" }
  {
    split($2, target, /["\/]/)
    to = target[2]
    if (to ~ /\.h$/) { sub(/(_parse|_lex)?\.h$/, "", to); to = home[to] }
    if (FILENAME ~ /^grammar/ && !here && to) { here = to; name = path[2]; sub(/\..*/, "", name); if (!(name in home)) home[name] = here }
  }
  here && to in rank && to != here && rank[to] >= rank[here] { print FILENAME ":" FNR ": " here " includes " $2 }' $grammars $c_files)"

verdict "something that ends the process elsewhere than in main.c" "$(grep -nE '\b(_?exit|_Exit|quick_exit|abort|errx?)\(' \
  $(find compiler -name '*.[ch]' -not -path compiler/main.c -not -path compiler/base/mem.c))"

# A function runs from its first line at column 0 to the brace that closes it there.
functions=$(awk '
  FNR == 1 { start = 0 }
  /^[A-Za-z_].*[(]/ && !/;[ ]*$/ { start = FNR; name = $0 }
  /^[A-Za-z_].*=.*[{]$/ || /^(typedef|struct|enum|union)[^(]*[{]$/ { start = 0 }
  /^}$/ && start { print FNR - start + 1, FILENAME ":" start ": " name; start = 0 }' $c_files | sort -rn)
verdict "a function of more than $function_limit lines" \
  "$(printf '%s\n' "$functions" | awk -v limit=$function_limit '$1 > limit')"

verdict "functions grow: their median is over 12 lines, or one of ten has 45" "$(printf '%s\n' "$functions" | awk '
  { lines[NR] = $1 }
  END { if (lines[int((NR + 1) / 2)] > 12 || lines[int(NR / 10) + 1] >= 45) print lines[int((NR + 1) / 2)] ", " lines[int(NR / 10) + 1] }')"

# Tables (their name says so) may be long: nobody reads them from top to bottom.
verdict "a file of more than $file_limit lines" "$(wc -l $c_files | awk -v limit=$file_limit '
  $1 > limit && $2 != "total" && $2 !~ /table|_test\.c/')"

# A paragraph of declarations starts with a comment that says what they are for.
verdict "a public function without a comment" "$(awk '
  FNR == 1 { documented = 0 }
  /^$/ { documented = 0 }
  /^\/\// || /\*\/$/ || /\/\// { documented = 1 }
  /^[A-Za-z].*[a-z_0-9]+[(].*/ && !/^(typedef|static|#)/ && !documented { print FILENAME ":" FNR ": " $0 }' $headers)"

# In a clone everything that git knows or would take; elsewhere every file.
files=$(git ls-files --cached --others --exclude-standard 2>/dev/null ||
  find . -type f -not -path './.git/*' -not -path './build/*' -not -path '*/node_modules/*' -not -path '*/generated/*' -not -path '*/dist/*' | sed 's|^\./||')
verdict "a word that does not belong here" "$(grep -snEI \
  '(^|[^[])\b(TODO|FIXME|XXX)\b|/(work|root|home)/[a-z]|\b(registry\.npmjs|artifactory|pypi)\.|\b(issue|PR|ticket) #[0-9]' \
  $(printf '%s\n' "$files" | grep -vE '^tests/(style\.sh|conformance/.*\.(dat|test))$'))"

# runtime/README.md, "Where what is".
verdict "a file of runtime/src that runtime/README.md does not name" "$(cd runtime/src && find . -name '*.ts*' | sed 's|^\./||' | while read -r file; do
  grep -qF "| \`$file\`" ../README.md || grep -qF ", \`$file\`" ../README.md || echo "$file"
done)"

verdict "a conflict that a merge left" "$(grep -snEI '^(<{7}|>{7}) ' \
  $(printf '%s\n' "$files" | grep -v '^tests/golden/lock/'))"  # whose cases are about them

printf '%s\n' "$functions" | awk -v notice=$function_notice '
  { lines[NR] = $1; if ($1 > notice) print "style: note: " $0 }
  END { if (NR) printf "style: %d functions, median %d lines, nine of ten under %d\n", NR,
        lines[int((NR + 1) / 2)], lines[int(NR / 10) + 1] + 1 }'
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
