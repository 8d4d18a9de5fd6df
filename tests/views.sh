#!/bin/sh
# Views and their concept pages are one thing: every project with views is built from them and once more from what
# `fxc concept` writes of them; both results must be the same but for the names and places of the sources. The
# concept pages are HTML that a parser (parse5) finds no fault with.
#
#   tests/views.sh     FXC names another program than build/fxc
set -u
cd "$(dirname "$0")/.." || exit 1
root=$PWD
fxc=$(realpath "${FXC:-build/fxc}") || exit 2
FXC_STDLIB=${FXC_STDLIB:-$PWD/stdlib}
export FXC_STDLIB
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

verdict() { # WHAT SAID
  if [ -z "$2" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'views: %s: %s\n%s\n' "$project" "$1" "$2"
  fi
}

# Paths of views and concept pages, with a place or without, become one word; what lists them is sorted. Source maps hold
# nothing but places.
normal() { # DIRECTORY
  (cd "$1" && find . -type f -not -name '*.map' | sort | while read -r file; do
    echo "== $file"
    sed -E 's~(views|concept)/[A-Za-z0-9_./-]+\.(json|fx|html)(#[A-Za-z0-9_-]+)?(:[0-9]+:[0-9]+)?~SOURCE~g' "$file" | case $file in
      *discovery*) sort ;;
      *) cat ;;
    esac
  done)
}

for project in examples/*/ tests/golden/viewforge/*/ tests/golden/views/*/; do
  [ -d "${project}views" ] || continue
  rm -rf "$work/a" "$work/b"
  mkdir "$work/a" "$work/b"
  cp -R "$project." "$work/a" && rm -rf "$work/a/out" "$work/a/generated" "$work/a/concept"
  (cd "$work/a" && "$fxc" concept -q -w) 2>/dev/null || continue # one that shows errors
  cp -R "$work/a/." "$work/b" && find "$work/b/views" -type f | while read -r view; do
    grep -q '^integration' "$view" || rm "$view" # an integration beside a view is needed still
  done
  status=$(cd "$work/a" && "$fxc" build -q -w 2>"$work/said"; echo $?)
  again=$(cd "$work/b" && "$fxc" build -q -w 2>"$work/said-again"; echo $?)
  verdict 'the one builds, the other does not' "$([ "$status" = "$again" ] || cat "$work/said" "$work/said-again")"
  if [ "$status" -eq 0 ]; then
    normal "$work/a/generated" >"$work/from-views" && normal "$work/b/generated" >"$work/from-html"
    verdict 'built from views and from HTML' "$(diff "$work/from-views" "$work/from-html" | head -n 20)"
  fi
  verdict 'the HTML' "$(cd "$root" && find "$work/a/concept" -name '*.html' -exec node tests/views.mjs {} +)"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
