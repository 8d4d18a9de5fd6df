#!/bin/sh
# Golden tests: what fxc prints and writes for small inputs, compared byte for byte.
#
#   tests/golden.sh [TOPIC | TOPIC/CASE]...    ACCEPT=1 rewrites what is expected, for review in the diff
#
# A case is a folder golden/TOPIC/CASE: the input files, and beside them, each left out where it would
# be empty or 0:
#   cmd      the arguments of fxc, a line a run (default: check); the last run's status counts
#   stdin    what fxc reads
#   stdout, stderr, status
#   stdlib/  stands for the standard library, which is empty otherwise
#   out/     files that must lie in the working directory afterwards (others may); an empty new file
#            in out/ is filled in by ACCEPT=1
# It runs in a copy of the folder in a temporary place. FXC names another program than build/fxc.
FXC=$(realpath "${FXC:-$(dirname "$0")/../build/fxc}") LC_ALL=C
FXC_STDLIB=stdlib FXC_VERIFY=1  # rows are verified behind every pass
export FXC LC_ALL ACCEPT FXC_STDLIB FXC_VERIFY
[ -x "$FXC" ] || { echo "golden.sh: no program '$FXC'" >&2; exit 2; }
cd "$(dirname "$0")/golden" || exit 2

# compare NAME EXPECTED ACTUAL: a difference, or under ACCEPT the new expectation.
compare() {
  if [ -n "$ACCEPT" ]; then
    if [ -s "$3" ]; then cmp -s "$2" "$3" || cp "$3" "$2"; else rm -f "$2"; fi
  else
    expected=$2
    [ -e "$expected" ] || expected=/dev/null
    diff -u --label "expected $1" --label "actual $1" "$expected" "$3"
  fi
}

run_case() {
  case=$PWD/$1
  work=$(mktemp -d) || exit 2
  mkdir "$work/in" && cp -R "$case/." "$work/in" && cd "$work/in" || exit 2
  rm -rf cmd stdin stdout stderr status out
  mkdir -p stdlib
  cmd=$case/cmd stdin=/dev/null status=0
  [ -e "$cmd" ] || { cmd=$work/cmd && echo check >"$cmd"; }
  [ -e "$case/stdin" ] && stdin=$case/stdin
  : >"$work/stdout" && : >"$work/stderr"
  while read -r line || [ -n "$line" ]; do
    eval "set -- $line"
    timeout 60 "$FXC" "$@" <"$stdin" >>"$work/stdout" 2>>"$work/stderr"
    status=$?
  done <"$cmd"
  [ $status -le 4 ] || echo "exit status $status: fxc crashed or hung"
  [ $status -eq 0 ] && : >"$work/status" || echo $status >"$work/status"
  for name in stdout stderr status; do compare $name "$case/$name" "$work/$name"; done
  [ -d "$case/out" ] && (cd "$case/out" && find . -type f) | sort | while read -r name; do
    [ -e "$name" ] || echo "missing output: $name"
    [ ! -e "$name" ] || compare "$name" "$case/out/$name" "$name"
  done
  rm -rf "$work"
}

if [ "$1" = --one ]; then
  report=$(run_case "$2" 2>&1)
  [ -z "$report" ] && echo "ok $2" || printf 'FAILED %s\n%s\n' "$2" "$report"
  exit
fi

[ $# -gt 0 ] || set -- *
results=$(mktemp) || exit 2
for name; do
  case $name in
    */*) echo "$name" ;;
    *) find "$name" -mindepth 1 -maxdepth 1 -type d ;;
  esac
done | sort | xargs -r -P "$(nproc)" -n 1 "../$(basename "$0")" --one >"$results"
grep -v '^ok ' "$results"
passed=$(grep -c '^ok ' "$results")
failed=$(grep -c '^FAILED ' "$results")
rm -f "$results"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
