#!/bin/sh
# Builds and tests; arguments are vitest's. Types and style are checked meanwhile, and end the tests where they are wrong.
set -eu
{ npm run check && npm run lint; } &
checks=$!
npm run build
npx vitest run "$@" &
tests=$!
if ! wait "$checks"; then
  kill "$tests"
  exit 1
fi
wait "$tests"
