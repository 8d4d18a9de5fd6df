#!/bin/sh
# The tokenizer and the tree builder against cases by the HTML standard; see run.mjs.
cd "$(dirname "$0")/../.." && exec node tests/conformance/run.mjs "$@"
