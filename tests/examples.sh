#!/bin/sh
# Every folder of examples/ builds with fxc without a warning, a second build writes nothing, and what was emitted
# type-checks: as the example's own tsconfig.json says, else as strictly as TypeScript can. The environments of its
# project file hold. Its .fx files, and those of the standard library, have the layout of `fxc fmt`. Five tests an example.
#
#   tests/examples.sh [NAME]...     FXC names another program than build/fxc
# shellcheck disable=SC2046,SC2048,SC2086  # lists of words
set -u
cd "$(dirname "$0")/.." || exit 1
fxc=$(realpath "${FXC:-build/fxc}") || exit 2
root=$PWD tsc=$PWD/node_modules/.bin/tsc
passed=0 failed=0

# Which libraries and checks an example without a tsconfig.json of its own gets.
strict='--noEmit --strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --noImplicitOverride --isolatedModules
  --skipLibCheck --jsx react-jsx --target ES2022 --module ESNext --moduleResolution bundler --lib ES2022,DOM,DOM.Iterable --types node'

try() { # WHAT COMMAND...
  what=$1
  shift
  if said=$("$@" 2>&1); then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'examples: %s: %s\n%s\n' "$name" "$what" "$said"
  fi
}

builds() { said=$("$fxc" build 2>&1 >/dev/null); status=$?; echo "$said"; [ $status -eq 0 ] && [ -z "$said" ]; }

# What holds in each environment that the project file describes.
environments() {
  for environment in $(sed -n 's/^ *environment \([a-z-]*\) {.*/\1/p' project.fx 2>/dev/null); do
    "$fxc" check --env="$environment" 2>&1 || return 1
  done
}

laid_out() { # DIR
  "$fxc" fmt --check $(find "$1" -type f -name '*.fx' -not -path '*/generated/*' -not -path '*/node_modules/*')
}

settled() { said=$("$fxc" build 2>&1); echo "$said"; case $said in *'(0 written,'*) ;; *) return 1 ;; esac; }

types() {
  if [ -e tsconfig.json ]; then
    "$tsc" --noEmit -p tsconfig.json
  elif [ -d generated ]; then
    "$tsc" $strict $(find generated src -name '*.ts' -o -name '*.tsx' 2>/dev/null)
  else
    echo 'nothing was emitted'
    return 1
  fi
}

name=stdlib
[ $# -gt 0 ] || try 'is not in the layout of fxc fmt' laid_out stdlib
for name in ${*:-$(ls examples)}; do
  [ -d "examples/$name" ] || continue
  cd "examples/$name" || exit 1
  # One is made, not written.
  if [ -e generate.mjs ]; then node generate.mjs --pages=30 project >/dev/null && cd project || exit 1; fi
  try 'does not build without a word' builds
  try 'does not hold in an environment' environments
  try 'a second build writes again' settled
  [ -z "$(find . -type f -name '*.fx' -not -path '*/node_modules/*')" ] || try 'is not in the layout of fxc fmt' laid_out .
  try 'what was emitted does not type-check' types
  cd "$root" || exit 1
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
