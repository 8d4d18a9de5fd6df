#!/bin/sh
# The tokenizer and the tree builder against cases by the HTML standard; see README.md beside this file.
cd "$(dirname "$0")/../.." && exec node tests/conformance/run.mjs "$@"
