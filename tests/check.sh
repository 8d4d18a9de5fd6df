#!/bin/sh
# Everything that shows fxc to work, in one summary: each section runs, its log lies in build/check, and its numbers of
# passed and failed tests are added up. Two lanes of sections run beside each other, since most of what a browser is
# waited for is waiting. The last line is "N passed, N failed"; the exit status is 0 if none failed.
# shellcheck disable=SC2046,SC2086  # lists of words
set -u
cd "$(dirname "$0")/.." || exit 1
logs=build/check
jobs=-j$(nproc)
totals=$logs/totals
rm -rf $logs
mkdir -p $logs

# A log's numbers: Check's "Checks: N, Failures: N, Errors: N", node's "pass N" and "fail N", ours "N passed, N failed".
count() { # LOG
  awk '
    /^[0-9]+%: Checks: / { gsub(/[^0-9 ]/, ""); passed += $2 - $3 - $4; failed += $3 + $4 }
    /^(#|ℹ) pass [0-9]+$/ { passed += $3 }
    /^(#|ℹ) fail [0-9]+$/ { failed += $3 }
    /^[0-9]+ passed, [0-9]+ failed/ { passed += $1; failed += $3 }
    END { print passed + 0, failed + 0 }' "$1"
}

# A section that ends badly without naming a failed test, or that tests nothing, counts as one failure.
section() { # NAME COMMAND...
  name=$1 log=$logs/$1.log
  shift
  begin=$(date +%s)
  "$@" >"$log" 2>&1
  status=$?
  numbers=$(count "$log")
  passed=${numbers% *} failed=${numbers#* }
  if [ $status -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  if [ $((passed + failed)) -eq 0 ]; then
    failed=1
    echo "no test was run" >>"$log"
  fi
  echo "$passed $failed" >>$totals
  {
    printf '%-12s %5d passed  %3d failed  %4d s\n' "$name" "$passed" "$failed" $(($(date +%s) - begin))
    if [ "$failed" -gt 0 ]; then
      tail -n 40 "$log" | sed 's/^/    /'
      echo "    (all of it: $log)"
    fi
  } >"$log.told"
  cat "$log.told"
  rm "$log.told"
}

# A test program that dies has no summary line of its own.
unit() { # BUILD-DIRECTORY
  result=0
  for program in "$1"/tests/unit/*_test; do
    [ -x "$program" ] || continue
    "$program" || result=1
  done
  return $result
}

build() {
  make --no-print-directory $jobs all unit-programs && echo "1 passed, 0 failed"
}

# Every *.test.mjs; Node.js 20 and 22 disagree on what a folder means.
browser() {
  set -- $(find tests/browser tests/schemas runtime -name '*.test.mjs' | sort)
  [ $# -gt 0 ] && node --test --test-reporter=tap "$@"
}

# The runtime by itself, under Node.js; its part in a browser is in tests/browser.
runtime() {
  set -- $(find tests/runtime -name '*.test.mjs' | sort)
  [ $# -gt 0 ] && node --test --test-reporter=tap "$@"
}

watch() {
  make --no-print-directory build/tests/fault/fault.so && node --test --test-reporter=tap tests/watch/watch.test.mjs
}

# A sample, the same each time; `make fault` tries everything.
fault() {
  make --no-print-directory build/tests/fault/fault.so && node tests/fault/fault.mjs --seconds=60
}

sanitize='-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -DMEM_FAILS'
sanitizers() {
  export FXC_STDLIB="$PWD/stdlib"   # it does not lie beside this build
  make --no-print-directory $jobs B=build/asan CFLAGS="$sanitize" LDFLAGS=-fsanitize=address,undefined \
    build/asan/fxc build/asan/fxc-html5lib unit-programs || return 1
  make --no-print-directory build/tests/fault/fault.so || return 1
  FXC=build/asan/fxc node tests/fault/fault.mjs --kind=memory --seconds=60 || return 1
  unit build/asan || return 1
  FXC=build/asan/fxc sh tests/golden.sh || return 1
  FXC=build/asan/fxc sh tests/life.sh || return 1
  FXC=build/asan/fxc sh tests/hostile.sh || return 1
  FXC_HTML5LIB=build/asan/fxc-html5lib sh tests/conformance/run.sh
}

section build build

waiting() {
  section runtime runtime
  section chaos env SECONDS=20 node --expose-gc tests/chaos/run.mjs
  section browser browser
  section coverage sh tests/coverage.sh
}

working() {
  section style sh tests/style.sh
  section lint sh tests/lint.sh
  section unit unit build
  section golden sh tests/golden.sh
  section twins sh tests/twins.sh
  section convert sh tests/convert/run.sh
  section fix node tests/fix.mjs
  section cures node tests/cures.mjs
  section life sh tests/life.sh
  section migrate node tests/migrate.mjs
  section migrate-random node tests/migrate-random.mjs 100
  section watch watch
  section incremental node tests/incremental/model.mjs --edits=400
  section explain node tests/incremental/explain.mjs
  section fault fault
  section hostile sh tests/hostile.sh
  section conformance sh tests/conformance/run.sh
  section ranges node --test --test-reporter=tap tests/ranges/ranges.test.mjs
  section solve node tests/solve/run.mjs
  section liveness node tests/liveness/liveness.mjs
  section lock node tests/lock/lock.mjs
  section cache node tests/cache/cache.mjs
  section taint node --test --test-reporter=tap tests/taint/random.test.mjs tests/taint/markers.test.mjs tests/taint/policies.test.mjs
  section templates node --test --test-reporter=tap tests/templates/escapes.test.mjs
  section init node --test --test-reporter=tap tests/init/init.test.mjs
  section examples sh tests/examples.sh
  section example node examples/storefront/run.mjs --once
  section scale node tests/scale/scale.mjs
  section objects node tests/scale/objects.mjs --every=3
  section views sh tests/views.sh
  section alerts node --test --test-reporter=tap tests/alerts/alerts.test.mjs tests/alerts/monitor.test.mjs tests/alerts/flag.test.mjs
  section stdlib node --test --test-reporter=tap tests/stdlib/stdlib.test.mjs tests/stdlib/calls.test.mjs
  section bench node --test --test-reporter=tap tests/bench/generate.test.mjs tests/bench/harness.test.mjs tests/bench/rows.test.mjs
  section metrics node tests/metrics.mjs
  section memory node tests/memory.mjs
  section parallel node tests/parallel.mjs
  section sanitizers sanitizers
  section threads sh tests/threads.sh
}

waiting &
trap 'kill $!; exit 130' INT TERM
working
wait

awk '{ passed += $1; failed += $2 } END { printf "%d passed, %d failed\n", passed, failed; exit failed > 0 }' $totals
