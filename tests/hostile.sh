#!/bin/sh
# What no golden case can hold: inputs made while it runs (huge, deep, unreadable), and a world that works
# against a build (closed pipes, full disks, files in the way, directories without permission), and what a
# build leaves alone. Every outcome is a clean diagnostic and a status of 0 to 3, never a signal or a hang.
#
#   tests/hostile.sh [NAME]...      FXC names another program than build/fxc
FXC=$(realpath "${FXC:-$(dirname "$0")/../build/fxc}") LC_ALL=C
export FXC LC_ALL
[ -x "$FXC" ] || { echo "hostile.sh: no program '$FXC'" >&2; exit 2; }
failed=0

fail() { echo "FAILED $case: $*"; failed=$((failed + 1)); }

# fxc STATUS ARGUMENTS...: runs, keeps stdout and stderr beside the project, and compares the status.
fxc() {
  want=$1
  shift
  timeout 60 "$FXC" "$@" >../stdout 2>../stderr </dev/null
  got=$?
  [ $got -eq "$want" ] || fail "fxc $* ended with $got, not $want: $(head -c 400 ../stderr)"
}

says() { grep -qF -- "$1" ../stderr || fail "standard error lacks: $1; it has: $(head -c 400 ../stderr)"; }
answers() { grep -qF -- "$1" ../stdout || fail "standard output lacks: $1"; }

small_project() {
  mkdir -p concept integrations
  printf '<title>A</title>\n<div data-integration="geocoding"></div>\n' >concept/a.html
  cat >integrations/geocoding.yaml <<END
geocoding:
  concept: { label: Find Coordinates, purpose: Turn an address into a place on the map }
  prototype: { integration: mapbox }
END
}

repeat() { awk -v n="$1" -v s="$2" 'BEGIN { for (i = 0; i < n; i++) printf "%s", s }'; }

# Size and depth

large_page() { repeat 1000000 '<p class="a">Some text and <b>more</b>.</p>' >concept/b.html; fxc 0 build -q; }

too_large_page() { truncate -s 65M concept/b.html; fxc 1 check; says 'concept/b.html:1:1: error: the page is larger than 64 MiB [FX8006]'; }

too_large_manifest() { truncate -s 65M integrations/b.yaml; fxc 1 check; says '[FX8006]'; }

nested_elements() { { repeat 100000 '<div>'; echo '<i data-integration="nowhere">'; } >concept/b.html; fxc 1 check; says "concept/b.html:1:500022: error: no manifest declares the integration 'nowhere' [FX2001]"; }

nested_formatting() { repeat 30000 '<b><p>' >concept/b.html; timeout 60 "$FXC" check >../stdout 2>../stderr; [ $? -le 1 ] || fail "a signal or a hang"; }

many_attributes() { { printf '<div '; awk 'BEGIN { for (i = 0; i < 200000; i++) printf "a%d=%d ", i, i }'; echo '>'; } >concept/b.html; fxc 0 check; }

many_uses() { awk 'BEGIN { for (i = 0; i < 50000; i++) printf "<p data-integration=\"geocoding\" data-depends-on=\"geocoding\">\n" }' >concept/b.html; fxc 0 check; }

many_faults() { awk 'BEGIN { for (i = 0; i < 20000; i++) printf "<p data-integration=\"n%d\">\n", i }' >concept/b.html; fxc 1 check --max-errors=5; says 'fxc: 19995 more errors not shown'; }

many_faults_in_one_line() { repeat 5000 '<p data-integration="-">' >concept/b.html; fxc 1 check; says 'concept/b.html:1:22: error:'; }

deep_json() { { repeat 100000 '['; echo; } >integrations/b.json; fxc 1 check; says '[FX8006]'; }

deep_yaml() { { printf 'a: '; repeat 100000 '['; echo; } >integrations/b.yaml; fxc 1 check; }

deep_yaml_blocks() { awk 'BEGIN { for (i = 0; i < 2000; i++) printf "%*sa:\n", i, "" }' >integrations/b.yaml; fxc 1 check; says '[FX8006]'; }

alias_bomb() { { echo 'a: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]'; awk 'BEGIN { for (i = 1; i < 30; i++) { printf "a%d: &a%d [", i, i; for (k = 0; k < 9; k++) printf "*a%d%s", i - 1, k < 8 ? "," : ""; print "]" } }'; } >integrations/b.yaml; fxc 1 check; says 'aliases expand to more than 1,000,000 values [FX8006]'; }

many_pages_of_a_view() { mkdir views; { printf '{"application":"A","hierarchy":{"modules":[{"name":"M","userStories":['; awk 'BEGIN { for (i = 0; i < 10000; i++) printf "%s{\"id\":\"s%d\",\"title\":\"T\",\"viewType\":\"list\",\"fields\":[{\"name\":\"f\",\"label\":\"L\"}]}", i ? "," : "", i }'; echo ']}]}}'; } >views/a.json; fxc 0 check; }

deep_view() { mkdir views; { printf 'view deep "Deep" {'; repeat 5000 'div {'; repeat 5000 '}'; echo '}'; } >views/a.fx; fxc 1 check; says '[FX8006]'; }

random_views() { mkdir views; head -c 100000 /dev/urandom >views/a.json; head -c 100000 /dev/urandom >views/b.fx; fxc 1 check; fxc 1 concept; }

concept_in_the_way() { mkdir views; echo '{"viewType":"list","title":"A","fields":[{"name":"f","label":"L"}]}' >views/b.json; mkdir concept/b.html; fxc 3 concept; says '[FX8003]'; [ -d concept/b.html ] || fail "the directory in the way is gone"; }

deep_directories() { mkdir -p "concept/$(repeat 250 'd/')" && fxc 1 check; says '[FX8001]'; }

# Files that cannot be read

pipe_for_a_page() { mkfifo concept/b.html; fxc 1 check; says 'concept/b.html:1:1: error: cannot read the page'; }

pipe_for_a_manifest() { mkfifo integrations/b.yaml; fxc 1 check; says 'integrations/b.yaml:1:1: error: cannot read the manifest'; }

pipe_given() { mkfifo b.html; fxc 1 check b.html; says '[FX8001]'; }

linked_pages() { mkdir other; echo '<p data-integration="nowhere">' >other/b.html; ln -s ../other concept/link; ln -s ../../other/b.html concept/b.html; ln -s .. concept/loop; fxc 1 check; says 'concept/b.html:1:1: error: cannot read the page: No such file or directory [FX8001]'; }

project_file_is_a_directory() { mkdir project.yaml; fxc 1 check; says 'project.yaml:1:1: error: cannot read the project file'; }

random_bytes() { head -c 1000000 /dev/urandom >concept/b.html; head -c 10000 /dev/urandom >integrations/b.yaml; head -c 10000 /dev/urandom >integrations/c.json; fxc 1 check; }

# Names that mean something to a terminal, to Make, to JavaScript

odd_names() {
  odd=$(printf "b \\033[2J\"'\$\\\\#\303\274.x")
  echo '<p data-integration="geocoding">' >"concept/$odd.html"
  fxc 0 build -q --depfile=../depfile
  [ -e "generated/pages/$odd.tsx" ] || fail "no output for a page with an odd name"
  printf 'all: generated\n\t@echo made\ngenerated:\n' >../Makefile
  sed 's/^generated:/all:/' ../depfile >>../Makefile
  [ "$(make -s -f ../Makefile 2>&1)" = made ] || fail "Make does not understand the depfile: $(make -s -f ../Makefile 2>&1)"
  echo '<p data-integration="nowhere">' >"concept/$odd.html"
  for format in text gcc json; do
    fxc 1 check --diagnostics-format=$format
    grep -q "$(printf '\033')" ../stderr && fail "an escape reaches the terminal as $format"
  done
}

# Outputs that cannot be written

full_disk() {
  for option in --metrics --depfile; do fxc 3 check $option=/dev/full/x; says '[FX8003]'; done
  fxc 3 check --diagnostics-format=json:/dev/full/x
  says '[FX8003]'
  timeout 20 "$FXC" --help >/dev/full 2>said && fail "a full disk below standard output goes unnoticed"
  grep -q 'standard output: No space left on device \[FX8003\]' said || fail "a full disk below standard output is not told"
  rm said
  timeout 20 "$FXC" check --emit=ir >/dev/full 2>/dev/null; status=$?; [ $status -eq 3 ] || fail "a full disk below --emit is status $status, not 3"
}

file_in_the_way() { echo mine >generated; fxc 3 build; says "cannot write 'generated': Not a directory"; [ "$(cat generated)" = mine ] || fail "the file in the way is gone"; }

file_in_the_way_of_a_directory() { mkdir generated; echo mine >generated/pages; fxc 3 build; says "cannot write 'generated/pages/a.tsx"; [ "$(cat generated/pages)" = mine ] || fail "the file in the way is gone"; }

directory_in_the_way() { mkdir -p generated/index.ts/mine; fxc 3 build; says '[FX8003]'; [ -d generated/index.ts/mine ] || fail "the directory in the way is gone"; }

directory_in_the_way_of_a_page() { mkdir -p generated/pages/a.tsx; fxc 3 build; says "cannot write 'generated/pages/a.tsx': Is a directory"; fxc 3 build; rmdir generated/pages/a.tsx; fxc 0 build -q; echo '<p>b' >>concept/a.html; rm generated/pages/a.tsx; mkdir generated/pages/a.tsx; fxc 3 build; says "cannot write 'generated/pages/a.tsx': Is a directory"; }

side_file_not_writable() {
  for option in --depfile --metrics; do
    echo '<p>b' >>concept/a.html
    fxc 3 build -q "$option=none/file"
    says "cannot write 'none/file': No such file or directory [FX8003]"
    grep -q untouched ../stderr && fail "$option: outputs that are written are called untouched"
    fxc 0 build
    answers '(0 written,'
  done
}

output_is_a_device() { fxc 3 build -o /dev/null/out; says '[FX8003]'; }

stubs_in_the_way() { echo '<p data-integration="nowhere">' >concept/b.html; echo mine >stubs; fxc 3 discover --stubs stubs; says '[FX8003]'; }

closed_output() {
  { timeout 20 "$FXC" check --emit=ir,dom,react; echo $? >../status; } 2>../stderr | true
  [ "$(cat ../status)" -eq 0 ] || fail "a closed pipe ends with $(cat ../status)"
  [ ! -s ../stderr ] || fail "a closed pipe is not quiet: $(cat ../stderr)"
  timeout 20 "$FXC" --help >&- 2>/dev/null; status=$?; [ $status -le 3 ] || fail "no standard output: $status"
  timeout 20 "$FXC" check >&- 2>&-; status=$?; [ $status -le 3 ] || fail "no standard streams: $status"
}

closed_errors() {
  echo '<p data-integration="nowhere">' >concept/b.html
  { timeout 20 "$FXC" check 2>&1 >/dev/null; echo $? >../status; } | true
  [ "$(cat ../status)" -eq 1 ] || fail "a closed pipe for diagnostics ends with $(cat ../status)"
}

# What a build leaves alone, and what it takes away

stamp() { (cd generated && find . -type f -printf '%p %T@ %i\n' | sort); }

untouched() {
  fxc 0 build -q
  stamp >../before
  sleep 0.02
  fxc 0 build
  answers '(0 written,'
  stamp | diff ../before - >/dev/null || fail "an unchanged file was touched"
  echo '<p>more' >>concept/a.html
  fxc 0 build
  stamp | diff ../before - | grep '^>' | grep -v 'pages/a.tsx\|discovery-report' && fail "other files were touched"
}

stale() {
  echo '<p>b' >concept/b.html
  fxc 0 build -q
  echo 'export const mine = 1; // generated by hand, for fxc' >generated/mine.ts
  rm concept/b.html
  fxc 0 build
  answers ', 2 removed)'
  [ ! -e generated/pages/b.tsx ] && [ ! -e generated/pages/b.tsx.map ] || fail "the page of a removed concept is still there"
  [ -e generated/mine.ts ] || fail "a file that is not ours was removed"
}

failing_build_keeps_outputs() {
  fxc 0 build -q
  stamp >../before
  echo '<p data-integration="nowhere">' >concept/b.html
  fxc 1 build
  stamp | diff ../before - >/dev/null || fail "a failing build changed outputs"
  [ -z "$(find . -name '*fx-stage*' -o -name '*fx-commit*')" ] || fail "staged files were left behind"
}

# fx.lock: written when it says something else, and the same wherever the project lies
lock_untouched() {
  fxc 0 build -q
  stat -c '%Y %i' fx.lock >../before
  sleep 0.02
  fxc 0 build -q --locked
  fxc 0 solve -q
  stat -c '%Y %i' fx.lock | diff ../before - >/dev/null || fail "a lock that says the same was written"
  mkdir -p ../elsewhere/deep && cp -R concept integrations ../elsewhere/deep && rm -rf ../elsewhere/deep/fx.lock
  fxc 0 solve -q -j1 ../elsewhere/deep
  cmp -s fx.lock ../elsewhere/deep/fx.lock || fail "the lock depends on where the project lies"
  echo '# new' >>integrations/geocoding.yaml
  cp fx.lock ../kept
  fxc 1 build --locked
  says 'integrations/geocoding.yaml:1:1: error: the manifest differs from the one that fx.lock names [FX2102]'
  cmp -s fx.lock ../kept || fail "--locked wrote the lock"
  fxc 0 build -q
  cmp -s fx.lock ../kept && fail "the lock kept an old digest"
  [ -z "$(find . -name '*fx.lock?*' -o -name '.*fx*' -not -name .fx)" ] || fail "something was left beside the lock"
}

lock_large() {
  truncate -s 65M fx.lock; fxc 1 check; says 'fx.lock:1:1: error: the lock is larger than 64 MiB [FX8006]'
  awk 'BEGIN { print "format 1"; for (i = 0; i < 200000; i++) printf "n%d v1 1.0.0 sha256:%064d integrations/n%d.yaml newest stable\n", i, i, i }' >fx.lock
  fxc 0 solve -q
  [ "$(wc -l <fx.lock)" -eq 3 ] || fail "entries that nothing needs are still there"
  awk 'BEGIN { for (i = 0; i < 200000; i++) print i % 7 ? "<<<<<<< a" : "=======" }' >fx.lock
  fxc 0 check
}

# No file may grow any more, and the signal that says so is not heard.
lock_not_writable() {
  fxc 0 build -q
  cp fx.lock ../kept
  echo '# new' >>integrations/geocoding.yaml
  (trap '' XFSZ; ulimit -f 0; timeout 20 "$FXC" solve 2>&1; echo "status $?") | cat >../stderr
  says "fxc: error: cannot write 'fx.lock': File too large [FX8003]"
  says 'status 3'
  cmp -s fx.lock ../kept || fail "a lock that could not be written is not the old one"
  [ "$(find . -maxdepth 1 -type f)" = ./fx.lock ] || fail "something was left beside the lock"
}

lock_is_a_pipe() { mkfifo fx.lock; fxc 1 build; says 'fx.lock:1:1: error: cannot read the lock'; }

# Runtime overrides

flags_at_once() {
  for i in 1 2 3 4 5 6 7 8; do echo "<p data-integration=geocoding data-integration-flag=flag$i>" >concept/p$i.html; done
  for i in 1 2 3 4 5 6 7 8; do timeout 60 "$FXC" flag on -q flag$i & done
  wait
  for i in 1 2 3 4 5 6 7 8; do grep -q "\"flag$i\": true" generated/runtime-overrides.json || fail "flag$i was lost"; done
  fxc 0 check
}

flag_through_a_link() {
  mkdir generated ../elsewhere
  printf '{"flags":{}}\n' >../elsewhere/overrides.json
  ln -s ../../elsewhere/overrides.json generated/runtime-overrides.json
  fxc 0 flag off geocoding
  [ -L generated/runtime-overrides.json ] || fail "the link is gone"
  grep -q '"geocoding": false' ../elsewhere/overrides.json || fail "what the link points at is as it was"
}

flag_in_the_way() {
  mkdir -p generated/runtime-overrides.json
  fxc 1 flag off geocoding
  says 'generated/runtime-overrides.json:1:1: error: cannot read the runtime overrides: Is a directory [FX8001]'
  rmdir generated/runtime-overrides.json generated
  echo >generated
  fxc 3 flag off geocoding
  says "fxc: error: cannot write 'generated/runtime-overrides.json': Not a directory [FX8003]"
}

flag_not_writable() {
  mkdir generated
  printf '{ "flags": { "geocoding": true } }' >generated/runtime-overrides.json
  cp generated/runtime-overrides.json ../kept
  (trap '' XFSZ; ulimit -f 0; timeout 20 "$FXC" flag off geocoding 2>&1; echo "status $?") | cat >../stderr
  says "fxc: error: cannot write 'generated/runtime-overrides.json': File too large [FX8003]"
  says 'status 3'
  cmp -s generated/runtime-overrides.json ../kept || fail "overrides that could not be written are not the old ones"
  [ "$(ls generated)" = runtime-overrides.json ] || fail "something was left beside the overrides"
}

flag_survives_builds() {
  fxc 0 flag off geocoding
  cp generated/runtime-overrides.json ../kept
  fxc 0 build -q
  rm integrations/geocoding.yaml
  fxc 1 build -q
  cmp -s generated/runtime-overrides.json ../kept || fail "a build has changed the overrides"
}

# Figures of runtimes

monitor_large() {
  printf '{"interface":"runtime-snapshot","integrations":{"geocoding":{"calls":1,"fallbacks":0,"releases":{},"windows":[{"over":300000,"asked":1,"errors":0,"timeouts":0,"calls":1,"fallbacks":0,"latency":{"p50":1,"p90":1,"p95":1,"p99":1}}]}}}\n' >../one
  awk '{ for (i = 0; i < 100000; i++) print }' ../one >../many.jsonl
  fxc 0 monitor -v ../many.jsonl
  answers 'error-rate > 1% over 5m: 0% (100000 requests over 5m): kept'
  awk 'BEGIN { for (i = 0; i < 400000; i++) printf "fxc_calls_total{integration=\"geocoding\",answered=\"v%d\"} 1\n", i }' >../many.txt
  fxc 0 monitor -v ../many.txt
  answers 'fallback-rate > 5% over 5m: 0% (400000 calls since the start): kept'
  truncate -s 65M ../many.txt; fxc 1 monitor ../many.txt; says 'error: the file is larger than 64 MiB [FX8006]'
}

monitor_deep() {
  { repeat 100000 '['; echo; } >../deep.json
  fxc 1 monitor ../deep.json; says '[FX8006]'
  { repeat 100000 '{"a":'; echo; } >../deep.json
  fxc 1 monitor ../deep.json; says '[FX8006]'
  repeat 100000 '{' >../deep.json
  fxc 1 monitor ../deep.json; says '[FX7005]'
}

monitor_binary() {
  printf 'fxc_calls_total{integration="\377\001"} 3\n' >../a
  fxc 0 monitor ../a; says 'warning: no manifest declares the integration'
  printf '\001\002' >../a; fxc 1 monitor ../a; says '[FX7005]'
  printf '{"a":"\377"}' >../a; fxc 1 monitor ../a; says '[FX8005]'
  printf '{}\000{}' >../a; fxc 1 monitor ../a; says '[FX7005]'
  mkfifo ../pipe; fxc 1 monitor ../pipe; says '[FX8001]'
}

same_everywhere() {
  for i in 1 2 3 4 5 6 7 8; do echo "<p data-integration=\"geocoding n$i\">" >concept/p$i.html; done
  fxc 1 check -j1
  cp ../stderr ../one
  fxc 1 check -j4
  cmp -s ../one ../stderr || fail "-j4 says something else than -j1"
  rm concept/p*.html
  echo 'project: x' >project.yaml
  fxc 0 build -q -j1 -o ../o1
  (cd concept && fxc 0 build -q -j3 -o ../../o2)
  diff -r ../o1 ../o2 >/dev/null || fail "outputs depend on the directory or on -j"
}

metrics() {
  fxc 0 build -q --metrics=../metrics.json --time-passes
  for key in discovery validation generation runtime scan_duration_ms files_scanned components_generated; do
    grep -q "\"$key\"" ../metrics.json || fail "metrics lack $key"
  done
  says 'discovery  '
}

passed=0
all=$(sed -n 's/^\([a-z_]*\)() {.*/\1/p' "$0" | grep -vx 'fail\|fxc\|says\|answers\|small_project\|repeat\|stamp')
# shellcheck disable=SC2048  # names of cases have no spaces
for case in ${*:-$all}; do
  place=$(mktemp -d) || exit 2
  mkdir "$place/project"
  before=$failed
  cd "$place/project" && small_project && $case
  [ $failed -ne $before ] || passed=$((passed + 1))
  cd / && chmod -R u+w "$place" && rm -rf "$place"
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
