#!/bin/sh
# Builds the runtime package with the TypeScript that setup installed.
set -eu
cd "$(dirname "$0")/.."
if [ ! -x node_modules/.bin/tsc ]; then
  echo "runtime: skipped, 'make setup' has not installed TypeScript yet"
  exit 0
fi
npm run --silent build --workspace runtime
