#!/bin/sh
# Makes a directory the contents of a branch: push-rendered.sh DIRECTORY BRANCH
# The working tree and its index stay as they are; if the branch already has those contents, nothing is pushed.
set -eu

if [ $# -ne 2 ]; then
  echo 'error: call it with a directory and a branch: push-rendered.sh DIRECTORY BRANCH' >&2
  exit 2
fi
if [ ! -d "$1" ]; then
  echo "error: \"$1\" must be a directory that render.sh wrote: run that first" >&2
  exit 2
fi
directory=$1
branch=$2
revision=$(git rev-parse HEAD)
index=$(mktemp -d)
trap 'rm -rf "$index"' EXIT

# A tree of only these files: what is no longer rendered is removed from the branch too.
tree=$(
  GIT_INDEX_FILE=$index/index
  export GIT_INDEX_FILE
  git add --force --all -- "$directory"
  git write-tree --prefix="$(git rev-parse --show-prefix)$directory/"
)
if git ls-remote --exit-code --heads origin "$branch" >"$index/remote"; then
  git fetch --quiet origin "refs/heads/$branch"
  parent=$(git rev-parse FETCH_HEAD)
else
  # 2: there is no such branch. Anything else is a failure that git has reported.
  [ $? -eq 2 ] || exit 1
  parent=
fi
if [ -n "$parent" ] && [ "$(git rev-parse "$parent^{tree}")" = "$tree" ]; then
  echo "$branch has it already"
  exit 0
fi
commit=$(git commit-tree "$tree" ${parent:+-p "$parent"} -m "Render $revision")
git push --quiet origin "$commit:refs/heads/$branch"
echo "$branch is at $commit"
