#!/bin/sh
# What other programs find in the sources by reading them: cppcheck and clang-tidy in the C, shellcheck in the scripts. Prints the
# findings, then "N passed, N failed": one test a program.
#
#   tests/lint.sh [cppcheck | shellcheck | tidy]... [FILE...]    the first two when none is named; files: tidy reads only these
#
# clang-tidy takes a second or two a file, so it is no part of `make check`: `make lint` runs all three.
# shellcheck disable=SC2046,SC2086  # lists of words
set -u
cd "$(dirname "$0")/.." || exit 1
work=build/lint jobs=$(nproc) passed=0 failed=0 programs='' files=''
folders='compiler tests/unit tests/fuzz tests/conformance tests/templates tests/ranges tests/bench'
for word; do
  case $word in *.c) files="$files $word" ;; *) programs="$programs $word" ;; esac
done
[ -n "$programs" ] || programs='cppcheck shellcheck'
mkdir -p $work/cppcheck $work/tidy

verdict() { # NAME STATUS
  if [ "$2" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)) && echo "lint: $1 has findings"; fi
}

# The headers that are made, on which everything else stands.
generated() {
  make --no-print-directory "-j$jobs" build/libfxc.a >$work/build.log 2>&1 || { tail -n 20 $work/build.log; exit 1; }
}

# Its checks of style are left to clang-tidy. What it has found in a file that is as it was is in the build folder.
run_cppcheck() {
  cppcheck --quiet --std=c11 --language=c --enable=warning,performance,portability --inline-suppr "-j$jobs" --error-exitcode=1 \
    --cppcheck-build-dir=$work/cppcheck -D_GNU_SOURCE -D__x86_64__ -Icompiler -Igrammar -Ibuild/gen \
    --template='{file}:{line}: {severity}: {message} [{id}]' $folders 2>&1
}

tidy_one() { # FILE
  clang-tidy --quiet --warnings-as-errors='*' "$1" -- -std=c11 -D_GNU_SOURCE -Icompiler -Igrammar -Ibuild/gen \
    $(xml2-config --cflags) -pthread 2>/dev/null
}

run_tidy() {
  # lexbor is in no Debian release.
  [ -n "$files" ] || files=$(find $folders -name '*.c' -not -path '*/peers/lexbor.c' | sort)
  printf '%s\n' $files | xargs -P "$jobs" -n 1 sh tests/lint.sh --tidy-one >$work/tidy.log
  status=$?
  # A header is read with each file that includes it.
  grep -E ': (warning|error): ' $work/tidy.log | sort -u
  return $status
}

if [ "${1-}" = --tidy-one ]; then
  tidy_one "$2"
  exit
fi
for program in $programs; do
  case $program in
    cppcheck) generated && run_cppcheck ;;
    shellcheck) shellcheck --severity=warning $(find tests -name '*.sh' | sort) ;;
    tidy) generated && run_tidy ;;
    *) echo "lint.sh: no program '$program'" >&2; exit 2 ;;
  esac
  verdict $program $?
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
