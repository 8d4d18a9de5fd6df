#!/bin/sh
# Runs every libFuzzer harness of this folder for its share of SECONDS, from seeds that the tests already have. New
# inputs stay in build/fuzz/corpus; one that breaks something is kept in build/fuzz/found and fails the run.
# shellcheck disable=SC2044,SC2046,SC2086  # lists of words, and no odd names among the seeds
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-60}
flags='-O1 -g -fno-sanitize-recover=undefined -fsanitize=address,undefined'   # a list that is added to
make --no-print-directory "-j$(nproc)" B=build/fuzz CC=clang WARN= CFLAGS="$flags,fuzzer-no-link" LDFLAGS="$flags" build/fuzz/libfxc.a >/dev/null

seed() { # NAME FILES…
  mkdir -p "build/fuzz/corpus/$1" build/fuzz/found
  corpus=build/fuzz/corpus/$1
  shift
  for file in "$@"; do
    if [ -f "$file" ] && [ "$(wc -c <"$file")" -lt 65536 ]; then cp "$file" "$corpus/$(printf '%s' "$file" | tr / _)"; fi
  done
}
seed html $(find examples tests -name '*.html' -not -path '*/node_modules/*' -not -path '*/dist/*')
seed manifest $(find stdlib examples tests -name '*.yaml' -o -name '*.json' -path '*integrations*')
seed fmt $(find stdlib examples tests/golden -name '*.fx' -o -path '*fmt/*' -name stdin)
mkdir -p build/fuzz/corpus/convert
for file in $(find stdlib examples tests/golden -name '*.fx' -o -name '*.yaml' -not -path '*/out/*'); do   # a digit says which it is
  [ -f "$file" ] || continue
  case $file in *project.yaml) kind=3 ;; *project.fx) kind=5 ;; *.yaml) kind=0 ;; *) kind=2 ;; esac
  { printf %s "$kind"; cat "$file"; } >"build/fuzz/corpus/convert/$(printf '%s' "$file" | tr / _)"
done
seed fx $(find stdlib examples tests -name '*.fx' -not -path '*/node_modules/*')
seed facts build/fuzz/corpus/html/*
seed page build/fuzz/corpus/html/*
seed splice
seed json $(find stdlib examples tests package.json -name '*.json' -not -path '*/node_modules/*')
seed viewforge $(find examples tests -path '*/views/*.json' -not -path '*/node_modules/*')
seed viewfx $(find examples tests -path '*/views/*.fx' -not -path '*/node_modules/*')
seed states $(find tests/golden -path '*/.fx/states.json')
seed measures $(find tests/golden/monitor -name '*.json' -o -name '*.jsonl' -o -name '*.txt' -o -name stdin)
seed json_member $(find tests/golden -name 'runtime-overrides.json')
seed attr
printf 'address-validation@^3.1 payment' >build/fuzz/corpus/attr/uses
printf ' geocoding, billing ,,x' >build/fuzz/corpus/attr/list
seed template $(find stdlib/templates tests/golden/templates -name '*.mustache')
seed xpath
printf "//input[contains(@name,'a')][not(ancestor::*[@data-integration])]\n<form><input name=a>" >build/fuzz/corpus/xpath/suggest
printf '//p[last()]/../* | //b[2 * position() div 3 mod 2 >= 1]/@id\n<p><b id=x>y' >build/fuzz/corpus/xpath/operators
seed fragment
printf '\0\0\1\0\1\3div\0\0\1\0\1\2nm\0\1\2\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0' >build/fuzz/corpus/fragment/element
seed index
head -c 2048 /dev/zero >build/fuzz/corpus/index/zeros
seed pack
printf 'fxcpack1\1\0\0\0\0\0\0\0fxcR\1\0\0\0' >build/fuzz/corpus/pack/head
seed object
head -c 64 /dev/zero >build/fuzz/corpus/object/zeros
seed interface
printf '\1\1\1a\1\20\1\1\1\1x\1\0\1\1g' >build/fuzz/corpus/interface/record
seed solver
seed lock $(find tests/golden/lock -name fx.lock)
seed range
cut -f1 tests/unit/data/ranges.tsv | head -n 400 | awk '{ printf "%s", $0 > ("build/fuzz/corpus/range/" NR); close("build/fuzz/corpus/range/" NR) }'

count=$(find tests/fuzz -name '*_fuzz.c' | wc -l)
failed=0
for source in tests/fuzz/*_fuzz.c; do
  name=$(basename "$source" _fuzz.c)
  clang -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -Icompiler -Igrammar -Ibuild/fuzz/gen $flags,fuzzer -o "build/fuzz/$name" "$source" build/fuzz/libfxc.a \
    -lyaml -lcjson -lxxhash -lsodium -pthread
  echo "fuzz: $name, $((seconds / count)) s"
  "build/fuzz/$name" -max_total_time=$((seconds / count)) -timeout=10 -rss_limit_mb=2048 -artifact_prefix="build/fuzz/found/$name-" \
    -verbosity=0 -print_final_stats=1 "build/fuzz/corpus/$name" >"build/fuzz/$name.log" 2>&1 || { failed=$((failed + 1)); tail -n 30 "build/fuzz/$name.log"; }
  grep -E 'number_of_executed_units|new_units_added' "build/fuzz/$name.log" || true
done
echo "$((count - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]
