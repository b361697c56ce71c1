#!/bin/sh
# Writes a plan as the comment of a pull request on GitHub, over its earlier one: comment.sh FILE
# Takes GH_TOKEN, REPOSITORY and NUMBER from the environment.
set -eu

if [ $# -ne 1 ] || [ ! -f "$1" ]; then
  echo 'error: call it with the file of a plan: comment.sh FILE' >&2
  exit 2
fi
# One comment per pull request, found again by its first line. GitHub accepts 65536 characters.
mark='<!-- tidb-plan -->'
body=$(mktemp)
trap 'rm -f "$body"' EXIT
{ echo "$mark"; head -c 60000 "$1"; } >"$body"
comments="repos/$REPOSITORY/issues/$NUMBER/comments"
id=$(gh api --paginate "$comments" --jq ".[] | select(.body | startswith(\"$mark\")) | .id" | head -n 1)
if [ -n "$id" ]; then
  gh api --silent --method PATCH "repos/$REPOSITORY/issues/comments/$id" --field "body=@$body"
else
  gh api --silent --method POST "$comments" --field "body=@$body"
fi
