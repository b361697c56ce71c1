#!/bin/sh
# Says in Markdown what the working tree changes against a revision: plan.sh REVISION OVERLAY...
# Exit status as for `tidb-groups diff`: 0 nothing changes, 3 safe changes, 4 dangerous changes; anything else is a failure.
set -eu

if [ $# -lt 2 ]; then
  echo 'error: call it with a revision to compare with and at least one overlay: plan.sh REVISION OVERLAY...' >&2
  exit 2
fi
if ! git rev-parse --verify --quiet "$1^{commit}" >/dev/null; then
  echo "error: \"$1\" must be a revision that this clone has: fetch it, in CI with the whole history" >&2
  exit 2
fi
scripts=$(cd "$(dirname "$0")" && pwd)
revision=$1
shift
work=$(mktemp -d)
trap 'git worktree remove --force "$work/before" 2>/dev/null || true; rm -rf "$work"' EXIT
git worktree add --quiet --detach "$work/before" "$revision" >&2

worst=0
for overlay in "$@"; do
  printf '## %s\n\n' "$overlay"
  sh "$scripts/render.sh" "$work/new" "$overlay"
  if [ ! -d "$work/before/$overlay" ]; then
    printf 'New: there is nothing to compare it with.\n\n'
    continue
  fi
  (cd "$work/before" && sh "$scripts/render.sh" "$work/old" "$overlay")
  status=0
  tidb-groups diff --output markdown "$work/old/$overlay" "$work/new/$overlay" || status=$?
  printf '\n'
  case $status in 0 | 3 | 4) ;; *) exit "$status" ;; esac
  if [ "$status" -gt "$worst" ]; then worst=$status; fi
done
exit "$worst"
