#!/bin/sh
# The rules of the house that a machine can check, over hand-written C: include direction, size of functions and
# files, documented headers, words that do not belong here. Prints what breaks a rule, then "N passed, N failed".
# shellcheck disable=SC2046,SC2086  # lists of words
set -u
cd "$(dirname "$0")/.." || exit 1

# compiler/README.md: an include goes to the left, or stays in its folder. Folders with one number do not know each other.
order='base=1 source=2 diag=3 html=4 yaml=4 json=4 fx=4 viewforge=4 ast=5 ir=6 passes=7 emit=8 store=9 edit=10
  workspace=11 commands=12 lsp=12'
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

verdict "an include that goes to the right of the order in compiler/README.md" "$(awk -v order="$order" '
  BEGIN { n = split(order, pairs, /[ \n=]+/); for (i = 1; i < n; i += 2) rank[pairs[i]] = pairs[i + 1] }
  FNR == 1 { split(FILENAME, path, "/"); here = path[1] == "compiler" ? path[2] : "" }
  here in rank && /^#include "[a-z]+\// {
    split($2, target, /["\/]/)
    if (target[2] in rank && target[2] != here && rank[target[2]] >= rank[here])
      print FILENAME ":" FNR ": " here " includes " $2
  }' $c_files)"

# A function runs from its first line at column 0 to the brace that closes it there.
functions=$(awk '
  FNR == 1 { start = 0 }
  /^[A-Za-z_].*[(]/ && !/;[ ]*$/ { start = FNR; name = $0 }
  /^[A-Za-z_].*=.*[{]$/ || /^(typedef|struct|enum|union)[^(]*[{]$/ { start = 0 }
  /^}$/ && start { print FNR - start + 1, FILENAME ":" start ": " name; start = 0 }' $c_files | sort -rn)
verdict "a function of more than $function_limit lines" \
  "$(printf '%s\n' "$functions" | awk -v limit=$function_limit '$1 > limit')"

# Tables (their name says so) may be long: nobody reads them from top to bottom.
verdict "a file of more than $file_limit lines" "$(wc -l $c_files | awk -v limit=$file_limit '
  $1 > limit && $2 != "total" && $2 !~ /table|_test\.c/')"

# A paragraph of declarations starts with a comment that says what they are for.
verdict "a public function without a comment" "$(awk '
  FNR == 1 { documented = 0 }
  /^$/ { documented = 0 }
  /^\/\// || /\*\/$/ || /\/\// { documented = 1 }
  /^[A-Za-z].*[a-z_0-9]+[(].*/ && !/^(typedef|static|#)/ && !documented { print FILENAME ":" FNR ": " $0 }' $headers)"

verdict "a word that does not belong here" "$(grep -nEI \
  '(^|[^[])\b(TODO|FIXME|XXX)\b|/(work|root|home)/[a-z]|\b(registry\.npmjs|artifactory|pypi)\.' \
  $(git ls-files --cached --others --exclude-standard | grep -vE '^tests/(style\.sh|conformance/.*\.(dat|test))$'))"

printf '%s\n' "$functions" | awk -v notice=$function_notice '
  { lines[NR] = $1; if ($1 > notice) print "style: note: " $0 }
  END { if (NR) printf "style: %d functions, median %d lines, nine of ten under %d\n", NR,
        lines[int((NR + 1) / 2)], lines[int(NR / 10) + 1] + 1 }'
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
