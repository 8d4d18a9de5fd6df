#!/bin/sh
# How much of the source the tests reach, and whether that is enough: lines of C (and of the lexers and parsers of grammar/, not
# of what is made of them) by gcovr, lines of the runtime by c8, under Node.js and in Chromium. coverage.mjs has the parts and their gates.
#
#   tests/coverage.sh [c | runtime]    figures in build/coverage/{c,runtime}.json, and what is not reached in lines.txt
#
# The tests themselves are judged elsewhere; here they only run, so one that a slow build makes late does no harm.
# shellcheck disable=SC2016  # sh -c expands it
set -u
cd "$(dirname "$0")/.." || exit 1
work=build/coverage what=${1:-both}
jobs=$(nproc)

c() {
  make --no-print-directory "-j$jobs" B=$work CFLAGS='-O0 -g --coverage' LDFLAGS=--coverage \
    $work/fxc $work/fxc-html5lib unit-programs >$work.log 2>&1 || { tail -n 20 $work.log; return 1; }
  find $work -name '*.gcda' -delete
  # In two halves side by side: what starts many processes by itself, and what takes one.
  export FXC="$PWD/$work/fxc" FXC_HTML5LIB="$PWD/$work/fxc-html5lib"
  (
    printf '%s\n' $work/tests/unit/*_test | xargs -n 1 sh -c '"$0" >/dev/null 2>&1 || true'
    FXC_STDLIB=$PWD/stdlib sh tests/conformance/run.sh
    FXC_STDLIB=$PWD/stdlib sh tests/life.sh
  ) >$work/one.log 2>&1 &
  (
    sh tests/golden.sh
    sh tests/twins.sh
    FXC_STDLIB=$PWD/stdlib sh tests/hostile.sh
  ) >$work/many.log 2>&1
  wait
  unset FXC FXC_HTML5LIB
  gcovr --root . --object-directory $work -j "$jobs" --filter compiler/ --filter grammar/ --json $work/c.json >$work/gcovr.log 2>&1 ||
    { tail -n 20 $work/gcovr.log; return 1; }
}

runtime() {
  make --no-print-directory runtime build/fxc >$work.log 2>&1 || { tail -n 20 $work.log; return 1; }
  rm -rf $work/runtime
  mkdir -p $work/runtime/v8
  # Parts that only a page can run: the component, its behaviours, the panel.
  NODE_V8_COVERAGE=$work/runtime/v8 node --test --test-reporter=tap tests/runtime/*.test.mjs tests/alerts/*.test.mjs \
    tests/browser/runtime.test.mjs tests/browser/monitor.test.mjs tests/browser/slots.test.mjs \
    tests/browser/behavior.test.mjs >$work/runtime.log 2>&1
  node tests/coverage.mjs strip $work/runtime/v8
  node_modules/.bin/c8 report --all --src runtime/src --include 'runtime/src/**' --exclude-after-remap --temp-directory $work/runtime/v8 \
    --reports-dir $work/runtime --reporter json >/dev/null && mv $work/runtime/coverage-final.json $work/runtime.json
}

mkdir -p $work
case $what in c | both) c || exit 1 ;; esac
case $what in runtime | both) runtime || exit 1 ;; esac
node tests/coverage.mjs gates $work "$what"
