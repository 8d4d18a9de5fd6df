#!/bin/sh
# What fxc emits for every example must type-check as strictly as its tsconfig.json says. One project, one test.
set -u
cd "$(dirname "$0")/.." || exit 1
fxc=$PWD/${FXC:-build/fxc}
passed=0 failed=0
for example in examples/*/; do
  if (cd "$example" && "$fxc" build -q && ../../node_modules/.bin/tsc --noEmit -p tsconfig.json); then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "types: $example"
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
