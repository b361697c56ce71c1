#!/bin/sh
# Writes a plan as the note of a merge request on GitLab, over its earlier one: note.sh FILE
# Takes TIDB_PLAN_TOKEN and GitLab's own variables from the environment.
set -eu

if [ $# -ne 1 ] || [ ! -f "$1" ]; then
  echo 'error: call it with the file of a plan: note.sh FILE' >&2
  exit 2
fi
if [ -z "${TIDB_PLAN_TOKEN:-}" ]; then
  echo 'skipped: the note needs TIDB_PLAN_TOKEN; the plan is among the artifacts'
  exit
fi
# One note per merge request, found again by its first line.
mark='<!-- tidb-plan -->'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
{ echo "$mark"; cat "$1"; } >"$work/note.md"
notes="$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes"
curl --fail --silent --show-error --header "PRIVATE-TOKEN: $TIDB_PLAN_TOKEN" "$notes?per_page=100&sort=asc" >"$work/notes.json"
id=$(MARK="$mark" node -p 'JSON.parse(fs.readFileSync(process.argv[1])).find(({ body }) => body.startsWith(process.env.MARK))?.id ?? ""' "$work/notes.json")
curl --fail --silent --show-error --output /dev/null --header "PRIVATE-TOKEN: $TIDB_PLAN_TOKEN" \
  --request "$([ -n "$id" ] && echo PUT || echo POST)" --data-urlencode "body@$work/note.md" "$notes${id:+/$id}"
