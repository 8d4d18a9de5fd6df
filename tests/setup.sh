#!/bin/sh
# Installs what is missing: Debian packages, then npm packages. Says what it installs, asks nothing, and is
# over at once when nothing is missing. FUZZ=1 adds clang, which only the fuzzers need, LINT=1 clang-tidy, BENCH=1 what the bench
# measures fxc beside: Debian packages, and npm packages of their own.
# shellcheck disable=SC2016,SC2048,SC2086,SC3013  # dpkg's own ${}; lists of words; dash has -nt
set -eu
cd "$(dirname "$0")/.."

# gcc and make; the generators; the libraries of compiler/README.md; test tools: the browser, Ninja, promtool, and a Redis server that
# the tests start and stop themselves.
packages="build-essential re2c bison libyaml-dev libcjson-dev libxml2-dev libxxhash-dev libsodium-dev
  check libsubunit-dev gcovr cppcheck shellcheck chromium ninja-build prometheus redis-server ${LINT:+clang-tidy}
  ${FUZZ:+clang libclang-rt-14-dev} ${BENCH:+minisat cadical picosat git libgumbo-dev pkg-config valgrind}"

# Registries have bad moments: three tries, then the error stands.
retry() {
  for pause in 2 5 ''; do
    if "$@"; then return 0; fi
    if [ -n "$pause" ]; then sleep "$pause"; fi
  done
  return 1
}

install_packages() {
  root=
  if [ "$(id -u)" -ne 0 ]; then root=sudo; fi
  export DEBIAN_FRONTEND=noninteractive
  echo "setup: installing Debian packages: $*"
  retry $root apt-get update -qq
  retry $root apt-get install -y -qq --no-install-recommends $* >/dev/null
}

if command -v dpkg-query >/dev/null; then
  have=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' $packages 2>/dev/null || true)
  missing=
  for package in $packages; do
    printf '%s\n' "$have" | grep -qx "$package installed" || missing="$missing $package"
  done
  if [ -n "$missing" ]; then install_packages $missing; fi
else
  echo "setup: not a Debian system; these must be there already:" $packages
fi

if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number);
    process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null; then
  echo "setup: Node.js 20.19 or later is needed (found: $(node --version 2>/dev/null || echo none))" >&2
  exit 1
fi

# npm leaves this file when it is done; it is older than the lock when the lock has changed since.
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo "setup: installing npm packages of package-lock.json"
  retry npm ci --silent
fi
peers=tests/bench/node_modules/.package-lock.json
if [ -n "${BENCH:-}" ] && { [ ! -e $peers ] || [ tests/bench/package-lock.json -nt $peers ]; }; then
  echo "setup: installing npm packages of tests/bench/package-lock.json"
  # `npm ci` wants packages of all other systems in the lock, too.
  (cd tests/bench && retry npm install --silent)
fi
