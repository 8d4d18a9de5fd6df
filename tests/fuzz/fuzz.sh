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

seed regex
sed -n 's/.*secret \(\/.*\/\).*/\1/p' $(find stdlib examples tests/golden -type f -name '*.fx') | sort -u | sed 's/^\/\(.*\)\/$/\1/' | split -l 1 - build/fuzz/corpus/regex/pattern
printf '^(a|b)*?[^x-z]{2,3}\\d+$\nabab12' >build/fuzz/corpus/regex/all
seed glob
printf '**/{a,b[!c-e]}*.?tml\nx/y/abf.html' >build/fuzz/corpus/glob/all
printf 'concept/*.html\nconcept/a.html' >build/fuzz/corpus/glob/plain
seed url
printf 'https://user@a.example:8080/x?y#z' >build/fuzz/corpus/url/host
printf 'java\tscript:x' >build/fuzz/corpus/url/script
printf '//[::1]/' >build/fuzz/corpus/url/address
seed dotenv $(find tests examples -name '.env*' -not -path '*/node_modules/*')
printf 'export A="x\\ny" # z\nB=`1\n2`\nC='"'q'"'\n' >build/fuzz/corpus/dotenv/all
seed words
for word in 2026-02-28 300ms 50/s 64KiB 2.5% 1.2.3-rc.1+b 'a {b.c} {{d}}' '/a~1b/0' 'color: red; --x: "a;b" !important'; do
  printf %s "$word" >"build/fuzz/corpus/words/$(printf %s "$word" | cksum | cut -d' ' -f1)"
done
mkdir -p build/fuzz/corpus/ignore build/fuzz/corpus/run
for file in $(find tests/golden/ignore -name '*.fx' -o -name '*.yaml'); do
  case $file in *.fx) kind=1 ;; *) kind=0 ;; esac
  { printf %s $kind; cat "$file"; } >"build/fuzz/corpus/ignore/$(printf '%s' "$file" | tr / _)"
done
seed command
printf -- '-C x --phase=production -Werror=orphan "a b" --diagnostics-format=json:x build' >build/fuzz/corpus/command/build
printf -- "update a b --locked\n-j4 -Wno-orphan 'c d' --emit=ir,dom" >build/fuzz/corpus/command/update
# What a run reads, behind the number of the place in run_fuzz.c at which it stands.
place() { # NUMBER FILES...
  number=$1
  shift
  for file in "$@"; do
    [ ! -f "$file" ] || [ "$(wc -c <"$file")" -gt 8000 ] || { printf "\\$(printf %o "$number")"; cat "$file"; } >"build/fuzz/corpus/run/$number$(printf '%s' "$file" | tr / _)"
  done
}
place 0 $(find tests/golden -path '*/concept/*.html' | head -n 200)
place 1 $(find tests/golden -path '*/integrations/*.fx' | head -n 200)
place 2 $(find tests/golden -path '*/integrations/*.yaml' | head -n 200)
place 3 $(find tests/golden -name project.fx | head -n 100)
place 4 $(find tests/golden -name fx.lock | head -n 50)
place 5 $(find tests/golden -name .env)
place 6 $(find tests/golden -name runtime-overrides.json)
place 7 $(find tests/golden/map -name '*.json')
place 8 $(find tests/golden/from -name '*.json')
place 9 $(find tests/golden -name project.yaml | head -n 100)
place 10 $(find tests/golden -path '*/integrations/*.json' | head -n 50)

# Two side by side on two processors: each gets its share of the time that this leaves.
jobs=$(nproc)
names=$(cd tests/fuzz && printf '%s\n' *_fuzz.c | sed 's/_fuzz\.c$//')
count=$(printf '%s\n' $names | wc -l)
share=$((seconds * jobs / count))
[ "$share" -gt 0 ] || share=1
printf '%s\n' $names | xargs -P "$jobs" -I NAME clang -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -Icompiler -Igrammar -Ibuild/fuzz/gen \
  $(xml2-config --cflags) $flags,fuzzer -o build/fuzz/NAME tests/fuzz/NAME_fuzz.c build/fuzz/libfxc.a -lyaml -lcjson -lxxhash -lsodium -lm -pthread
run='name=$1 share=$2
  "build/fuzz/$name" -max_total_time="$share" -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$PWD/build/fuzz/found/$name-" \
    -verbosity=0 -print_final_stats=1 "$PWD/build/fuzz/corpus/$name" >"build/fuzz/$name.log" 2>&1 && verdict=ok || verdict=FAILED
  units=$(sed -n "s/.*number_of_executed_units: *//p" "build/fuzz/$name.log")
  echo "$verdict $name: ${units:-no} inputs in $share s"
  [ $verdict = ok ] || tail -n 30 "build/fuzz/$name.log"'
printf '%s\n' $names | xargs -P "$jobs" -I NAME sh -c "$run" sh NAME "$share" | tee build/fuzz/verdicts
failed=$(grep -c '^FAILED' build/fuzz/verdicts || true)
echo "$((count - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]
