#!/bin/sh
# Says in Markdown what a change does: plan.sh OLD PATH...
# OLD is a revision, or a directory with an earlier state. Each PATH is a directory of manifests, or an overlay, which
# kustomize builds; it is looked for in OLD and in the directory $NEW, by default the working directory.
# Exit status as for `tidb-groups diff`: 0 nothing changes, 3 safe changes, 4 dangerous changes; anything else is a failure.
# The number of dangers is written to the file $DANGERS, if that is set.
set -eu

if [ $# -lt 2 ]; then
  echo 'error: call it with a revision to compare with and at least one path: plan.sh OLD PATH...' >&2
  exit 2
fi
scripts=$(cd "$(dirname "$0")" && pwd)
old=$1
new=${NEW:-.}
shift
work=$(mktemp -d)
trap 'git worktree remove --force "$work/before" 2>/dev/null || true; rm -rf "$work"' EXIT
if [ ! -d "$old" ]; then
  if ! git rev-parse --verify --quiet "$old^{commit}" >/dev/null; then
    echo "error: \"$old\" must be a revision that this clone has: fetch it, in CI with the whole history" >&2
    exit 2
  fi
  git worktree add --quiet --detach "$work/before" "$old" >&2
  old=$work/before
fi

# side ROOT NAME PATH: sets $side to what there is to compare, an overlay as kustomize builds it.
side() {
  side=$1/$3
  for file in kustomization.yaml kustomization.yml Kustomization; do
    if [ -f "$1/$3/$file" ]; then
      (cd "$1" && sh "$scripts/render.sh" "$work/$2" "$3")
      side=$work/$2/$3
    fi
  done
}

worst=0
dangers=0
for path in "$@"; do
  printf '## %s\n\n' "$path"
  side "$new" new "$path"
  after=$side
  if [ ! -e "$old/$path" ]; then
    printf 'New: there is nothing to compare it with.\n\n'
    continue
  fi
  side "$old" old "$path"
  status=0
  tidb-groups diff --output markdown "$side" "$after" || status=$?
  printf '\n'
  case $status in 0 | 3 | 4) ;; *) exit "$status" ;; esac
  if [ "$status" = 4 ]; then
    found=$(tidb-groups diff --output json "$side" "$after" | node -p 'JSON.parse(fs.readFileSync(0, "utf8")).dangers.length')
    dangers=$((dangers + found))
  fi
  if [ "$status" -gt "$worst" ]; then worst=$status; fi
done
if [ -n "${DANGERS:-}" ]; then echo "$dangers" >"$DANGERS"; fi
exit "$worst"
