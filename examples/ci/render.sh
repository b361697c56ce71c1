#!/bin/sh
# Renders overlays: render.sh DIRECTORY OVERLAY...
# The manifests of overlays/prod go to DIRECTORY/overlays/prod/manifests.yaml, and only if they are complete.
set -eu

if [ $# -lt 2 ]; then
  echo 'error: call it with a directory to write to and at least one overlay: render.sh DIRECTORY OVERLAY...' >&2
  exit 2
fi
directory=$1
shift
for overlay in "$@"; do
  # Without a pipe, a failure of kustomize ends this script; the check finds what kustomize skipped silently.
  rendered=$(kustomize build --enable-alpha-plugins --enable-exec "$overlay")
  printf '%s\n' "$rendered" | tidb-groups validate --rendered - >&2
  mkdir -p "$directory/$overlay"
  printf '%s\n' "$rendered" >"$directory/$overlay/manifests.yaml"
done
