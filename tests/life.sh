#!/bin/sh
# The life of an integration in one project, from the page that first names it to its end: after each thing that
# people do, what `fxc status` says of it and since when. Then what must not matter: builds side by side, a
# memory that was deleted, cut short or cannot be written. Prints "N passed, N failed".
#
#   tests/life.sh      FXC names another program than build/fxc
FXC=$(realpath "${FXC:-$(dirname "$0")/../build/fxc}") LC_ALL=C
FXC_STDLIB=none FXC_VERIFY=1
export FXC LC_ALL FXC_STDLIB FXC_VERIFY
[ -x "$FXC" ] || { echo "life.sh: no program '$FXC'" >&2; exit 2; }
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
mkdir -p "$work/project/concept" "$work/project/integrations" && cd "$work/project" || exit 2

good() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "FAILED $*"; }

# run STATUS DAY ARGUMENTS...: fxc on that day.
run() {
  want=$1 day=$2
  shift 2
  timeout 60 "$FXC" "$@" --today="$day" >"$work/stdout" 2>"$work/stderr" </dev/null
  got=$?
  if [ $got -eq "$want" ]; then good; else bad "fxc $* ended with $got: $(cat "$work/stderr")"; fi
}

# is DAY ROW: what the table says of `search`, blanks made one.
is() {
  row=$("$FXC" status search -w --today="$1" 2>/dev/null | sed -n '2{s/  */ /g;p;}')
  if [ "$row" = "$2" ]; then good; else bad "on $1 it is '$row', not '$2'"; fi
}

# manifest [LINES]: the whole of it, with more lines in it.
manifest() {
  cat >integrations/search.fx <<END
integration search {
  label "Search"
  purpose "Find articles by words"
  owner "shop-team"
  release v1 = 1.4.0 ${1:-stable} { provider acme  guide "./to-v2.md"  replaced-by v2 }
  release v2 = 2.0.0 { provider better }
  fallback static
  $2
}
END
}

# Found on a page, then a stub, then a manifest.
printf '<title>Shop</title>\n<div data-integration="search@<=2"></div>\n' >concept/shop.html
run 0 2026-01-01 discover
is 2026-01-02 'search Discovered 2026-01-01 - 1 -'
run 0 2026-01-02 stub
run 1 2026-01-03 validate
is 2026-01-04 'search Discovered 2026-01-01 v1 (1.0.0) 1 -'
rm -f integrations/search.yaml
manifest stable 'active v1'
run 0 2026-01-05 validate
is 2026-01-06 'search Validated 2026-01-05 v1 (1.4.0) 1 shop-team'

# Code, first for trying, then for production. What changes nothing about what is said makes nothing stale.
run 0 2026-02-01 build
is 2026-02-02 'search Generated 2026-02-01 v1 (1.4.0) 1 shop-team'
sed -i '1i // Owned by the shop.' integrations/search.fx
is 2026-02-02 'search Generated 2026-02-01 v1 (1.4.0) 1 shop-team'
run 0 2026-02-03 build
is 2026-02-04 'search Generated 2026-02-01 v1 (1.4.0) 1 shop-team'
mv generated elsewhere
is 2026-02-04 'search Validated 2026-02-04 v1 (1.4.0) 1 shop-team'
mv elsewhere generated
run 0 2026-02-05 build --phase=production
is 2026-02-06 'search Active 2026-02-05 v1 (1.4.0) 1 shop-team'
run 0 2026-02-07 build
is 2026-02-08 'search Active 2026-02-05 v1 (1.4.0) 1 shop-team'

# On its way out, two releases at a time, then the other one.
manifest deprecated 'active v1'
is 2026-03-01 'search Validated, Deprecated 2026-03-01 v1 (1.4.0) 1 shop-team'
run 0 2026-03-02 build --phase=production
is 2026-03-03 'search Active, Deprecated 2026-03-02 v1 (1.4.0) 1 shop-team'
manifest deprecated 'active v1  route percentage { v1 90%  v2 10% }'
run 0 2026-03-04 build --phase=production
is 2026-03-05 'search Active, Deprecated, Migrating 2026-03-04 v1 (1.4.0) 1 shop-team'
run 0 2026-03-06 fix --unsafe --only=FX4004
if grep -q "until 'fxc update search'" "$work/stderr"; then good; else bad "no word of the lock: $(cat "$work/stderr")"; fi
run 0 2026-03-06 update search
is 2026-03-06 'search Validated, Migrating 2026-03-06 v2 (2.0.0) 1 shop-team'
manifest retired 'active v2'
run 0 2026-04-01 build --phase=production
is 2026-04-02 'search Active 2026-04-01 v2 (2.0.0) 1 shop-team'

# Broken, and whole again: what runs in production has not changed since.
cp integrations/search.fx "$work/whole.fx"
manifest retired 'active v9'
run 1 2026-05-01 build
is 2026-05-02 'search Discovered 2026-05-01 v2 (2.0.0) 1 shop-team'
cp "$work/whole.fx" integrations/search.fx
is 2026-05-03 'search Active 2026-04-01 v2 (2.0.0) 1 shop-team'

# Nobody needs it any more.
printf '<title>Shop</title>\n' >concept/shop.html
run 0 2026-06-01 validate
is 2026-06-02 'search Validated 2026-06-01 - 0 shop-team'

# Nothing remembered has an influence on outputs.
printf '<title>Shop</title>\n<div data-integration="search"></div>\n' >concept/shop.html
run 0 2026-06-03 build
cp -R generated "$work/before"
rm -rf .fx
run 0 2026-06-03 build
if diff -r generated "$work/before" >/dev/null; then good; else bad 'the outputs changed with .fx'; fi
is 2026-06-04 'search Generated 2026-06-03 v2 (2.0.0) 1 shop-team'

# Builds side by side: each remembers its phase, and no reader sees a part.
rm -rf .fx
for phase in prototype production prototype production prototype production; do
  timeout 60 "$FXC" build -q -w --phase=$phase --today=2026-06-05 -o "out-$phase" >/dev/null 2>&1 &
  "$FXC" status --today=2026-06-05 2>&1 | grep FX8004 && bad 'a reader saw a part'
done
wait
is 2026-06-06 'search Active 2026-06-05 v2 (2.0.0) 1 shop-team'
for phase in prototype production; do
  if grep -q "\"output\": \"out-$phase\"" .fx/states.json; then good; else bad "the $phase build is forgotten"; fi
done

# Who keeps the lock is waited for, but not for ever.
rm -f .fx/states.json
flock .fx/states.json.lock sh -c 'sleep 0.4; : >released' &
sleep 0.1
run 0 2026-06-06 validate
if [ -e released ]; then good; else bad 'the lock was not waited for'; fi
wait
rm -f .fx/states.json
flock .fx/states.json.lock sleep 4 &
sleep 0.1
run 0 2026-06-06 validate
if [ -e .fx/states.json ]; then good; else bad 'nothing is remembered where somebody keeps the lock'; fi
wait

# A folder that cannot be made is a warning, and the build is as it was.
rm -rf .fx out-*
: >.fx
timeout 60 "$FXC" build -q -Wno-fallback --today=2026-06-07 2>"$work/stderr"
got=$?
if [ $got -eq 0 ] && grep -q 'cannot be remembered.*FX8004' "$work/stderr"; then good; else bad "status $got: $(cat "$work/stderr")"; fi
timeout 60 "$FXC" build -q -Wno-fallback -Wno-cache --today=2026-06-07 2>"$work/stderr"
if [ ! -s "$work/stderr" ]; then good; else bad "-Wno-cache: $(cat "$work/stderr")"; fi
timeout 60 "$FXC" build -q -Werror=cache --today=2026-06-07 2>"$work/stderr"
got=$?
if [ $got -eq 1 ]; then good; else bad "-Werror=cache: status $got"; fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
