#!/bin/sh
# Converts every manifest and project file of the standard library, the examples and the golden cases there and back:
#   - a third conversion gives what the first gave;          - both files have the same IR, apart from places;
#   - the .fx is formatted, and formatting changes nothing;  - every comment on a line of its own is still there.
# Files with errors are not converted, and a few say what .fx cannot; all others count. FXC names another program.
#
#   tests/convert/run.sh [FILE]...
FXC=$(realpath "${FXC:-build/fxc}") LC_ALL=C FXC_STDLIB=/nonexistent
export FXC LC_ALL FXC_STDLIB
cd "$(dirname "$0")/../.." || exit 2
[ -x "$FXC" ] || { echo "convert: no program '$FXC'" >&2; exit 2; }
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

ir() { # FILE, without places and without its extension; nothing where there is none
  (cd "$(dirname "$1")" && timeout 20 "$FXC" check --emit=ir "$(basename "$1")" 2>/dev/null) |
    sed -E 's/@[0-9]+-[0-9]+//g; s/ in [^ ]*//'
}

comments() { # FILE
  case $1 in
    *.fx) sed -nE 's|^[[:space:]]*//([^/].*)$|\1|p' "$1" ;;
    *.json) ;;
    *) grep -q '[|>][-+]\{0,1\}$' "$1" || sed -nE 's|^[[:space:]]*#(.*)$|\1|p' "$1" ;;
  esac | sed -E 's/^ +//; s/[[:space:]]+$//; /^$/d'
}

convert() { # FILE OUT
  timeout 20 "$FXC" convert "$1" >"$2" 2>"$work/err" && return
  status=$?
  [ $status -le 1 ] || echo "exit status $status"
  return 1
}

check() { # FILE
  name=$(basename "$1") stem=$(basename "${1%.*}") here=yaml there=fx
  case $1 in *.fx) here=fx there=yaml ;; *.json) here=json ;; esac
  mkdir -p "$work/a" "$work/b" "$work/c"
  cp "$1" "$work/a/$name"
  first=$work/a/$stem.$there back=$work/b/$stem.$([ $here = fx ] && echo fx || echo yaml) third=$work/c/$stem.$there
  convert "$work/a/$name" "$first" || return 2
  convert "$first" "$back" || { echo "the way back fails"; cat "$work/err"; return 1; }
  convert "$back" "$third" || { echo "the third conversion fails"; cat "$work/err"; return 1; }
  diff -u "$first" "$third" || echo "converting is not idempotent"
  for fx in "$first" "$back"; do
    case $fx in *.fx) "$FXC" fmt - <"$fx" | diff -u "$fx" - || echo "not formatted" ;; esac
  done
  case $stem in
    project) ;;
    *)
      ir "$work/a/$name" >"$work/ir" && rm "$work/a/$name" && ir "$first" >"$work/ir2"
      diff -u "$work/ir" "$work/ir2" || echo "the IR differs"
      ;;
  esac
  cp "$1" "$work/a/$name"
  comments "$1" >"$work/words"
  while IFS= read -r line; do
    grep -qF -- "$line" "$first" || echo "a comment is lost: $line"
    grep -qF -- "$line" "$back" || echo "a comment is lost on the way back: $line"
  done <"$work/words"
}

# shellcheck disable=SC2046  # a list of words
[ $# -gt 0 ] || set -- $(find stdlib examples tests/golden tests/twins -type f -not -name '* *' \( -name '*.fx' -o -name '*.yaml' -o -name '*.yml' -o -name '*.json' \) \
  -not -path '*/node_modules/*' -not -path '*/dist/*' -not -path '*/generated/*' -not -name 'tsconfig.json' -not -name 'package.json' | sort)
passed=0 failed=0 refused=0
for file; do
  report=$(check "$file" 2>&1)
  status=$?
  rm -rf "$work/a" "$work/b" "$work/c"
  if [ -n "$report" ]; then
    failed=$((failed + 1))
    printf 'FAILED %s\n%s\n' "$file" "$report"
  elif [ $status -eq 2 ]; then
    refused=$((refused + 1))
  else
    passed=$((passed + 1))
  fi
done
echo "$refused files with errors, or with what .fx cannot say, were refused"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
