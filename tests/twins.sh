#!/bin/sh
# Manifests written twice: twins/NAME.fx and twins/NAME.yaml give the same rows of the IR, but for the places in the file.
# Prints the differences, then "N passed, N failed". FXC names another program than build/fxc.
FXC=$(realpath "${FXC:-$(dirname "$0")/../build/fxc}") FXC_STDLIB=none LC_ALL=C
export FXC_STDLIB LC_ALL
cd "$(dirname "$0")/twins" || exit 2
work=$(mktemp -d) || exit 2
passed=0 failed=0

rows() { # FILE
  rm -rf "$work/in" && mkdir "$work/in" && cp "$1" "$work/in"
  timeout 20 "$FXC" -C "$work/in" --emit=ir check "$1" 2>"$work/errors" |
    sed -E "s/ ?@[0-9]+-[0-9]+//g; s/ in [^ ]*\.(fx|yaml)( |$)/ in FILE\2/"
  grep -E ' error: ' "$work/errors"
}

for fx in *.fx; do
  name=${fx%.fx}
  [ "$name" = project ] && continue  # a project has no rows; a unit test compares it
  rows "$name.fx" >"$work/fx"
  rows "$name.yaml" >"$work/yaml"
  if [ -s "$work/fx" ] && diff -u "$work/yaml" "$work/fx" >"$work/differences" && ! grep -q ' error: ' "$work/fx"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED twins/$name"
    head -n 20 "$work/differences"
    grep ' error: ' "$work/fx"
  fi
done
rm -rf "$work"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
