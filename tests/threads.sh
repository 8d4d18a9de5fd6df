#!/bin/sh
# Threads: a project of many pages, good and bad, is built by eight threads under ThreadSanitizer; what comes out must be
# what one thread makes without it. Prints "N passed, N failed".
set -u
cd "$(dirname "$0")/.." || exit 1
pages=${PAGES:-400}
flags='-O1 -g -fsanitize=thread'
make --no-print-directory "-j$(nproc)" B=build/tsan CFLAGS="$flags" LDFLAGS=-fsanitize=thread build/tsan/fxc || exit 1
work=build/threads passed=0 failed=0
rm -rf $work
mkdir -p $work/one/concept $work/one/integrations
cp -R examples/storefront/integrations/. $work/one/integrations/
cp examples/storefront/project.fx $work/one/ 2>/dev/null
# So many manifests that they are read by several threads; some have faults.
for i in $(seq 80); do
  fault=bool
  [ $((i % 9)) -ne 0 ] || fault=nothing-known
  printf 'extra-%d:\n  _metadata: { version: "1.%d.0" }\n  concept: { label: Extra %d, purpose: Be one of many }\n' "$i" "$i" "$i"
  printf '  props: { size: { type: %s } }\n  prototype: { integration: provider-%d }\n' "$fault" "$i"
done | awk -v into="$work/one/integrations/" '/^extra-/ { close(file); file = into substr($1, 1, length($1) - 1) ".yaml" } { print > file }'
# A pattern that every thread runs with an engine of its own.
sed -i 's/^project .*{$/&\n  discover { suggest address-validation when xpath "\/\/input[contains(@name, '"'e'"')]" }/' $work/one/project.fx
# Every fifth page has a use that nothing declares and an unknown attribute; every page is a little different.
for source in examples/storefront/concept/*.html; do
  awk -v pages="$pages" -v into="$work/one/concept/$(basename "$source" .html)" '
    { text = text $0 "\n" }
    END {
      for (i = 0; i < pages; i++) {
        file = into i ".html"
        printf "%s<p id=\"n%d\">%d</p>\n", text, i, i > file
        if (i % 5 == 0) printf "<p data-integration=\"unknown-%d\" data-integration-x=1></p>\n", i % 7 > file
        close(file)
      }
    }' "$source"
done
cp -R $work/one $work/many

verdict() { # NAME STATUS
  if [ "$2" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)) && echo "threads: $1"; fi
}

run() { # FOLDER PROGRAM COMMAND JOBS
  (cd "$work/$1" && "../../../$2" "$3" "-j$4" -Wno-error >"../$1-$3.out" 2>"../$1-$3.err")
  echo $? >"$work/$1-$3.status"
}

export TSAN_OPTIONS='halt_on_error=0 exitcode=66' FXC_STDLIB=$PWD/stdlib
for command in discover check; do
  run one build/fxc $command 1
  run many build/tsan/fxc $command 8
  ! grep -q ThreadSanitizer "$work/many-$command.err"
  verdict "a race in $command, see $work/many-$command.err" $?
  for part in out err status; do
    cmp "$work/one-$command.$part" "$work/many-$command.$part"
    verdict "$command: another $part" $?
  done
done
# Without the faults, so that pages are written.
for folder in one many; do
  sed -i 's/nothing-known/bool/' "$work/$folder"/integrations/extra-*.yaml
  for page in "$work/$folder"/concept/*.html; do
    grep -v 'data-integration="unknown-' "$page" >"$page.new"
    mv "$page.new" "$page"
  done
done
run one build/fxc build 1
run many build/tsan/fxc build 8
! grep -q ThreadSanitizer $work/many-build.err
verdict "a race in build, see $work/many-build.err" $?
[ "$(cat $work/one-build.status)" -eq 0 ]
verdict "the build fails" $?
diff -r $work/one/generated $work/many/generated
verdict "the build writes something else" $?
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
