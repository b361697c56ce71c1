#!/bin/sh
# Prints the manifests of an Application; runs in its directory. plugin.yaml tells Argo CD to run this.
#
# PARAM_DIRECTORY: what to render, relative to that directory (default: the directory itself)
# PARAM_STRICT: `true` makes warnings errors (default: `false`)
#
# Argo CD would treat an empty or truncated output as everything, and prune the rest. So nothing is printed until all of it
# is complete and checked, and there is no pipe whose first half could fail unnoticed.
set -eu

if [ ! -d "${PARAM_DIRECTORY:-.}" ]; then
  echo "error: the parameter directory must name a directory, relative to the path of the Application, but there is no \"$PARAM_DIRECTORY\"" >&2
  exit 1
fi
application="$(pwd -P)"
cd -- "${PARAM_DIRECTORY:-.}"
# A repository may contain links; this path must not lead out of it.
case "$(pwd -P)/" in
  "$application"/*) ;;
  *) echo "error: the parameter directory must stay below the path of the Application, but \"$PARAM_DIRECTORY\" leads out of it" >&2; exit 1 ;;
esac
case "${PARAM_STRICT:-false}" in
  true) set -- --strict ;;
  false) set -- ;;
  *) echo "error: the parameter strict must be true or false, but is \"$PARAM_STRICT\"" >&2; exit 1 ;;
esac
if [ -f kustomization.yaml ] || [ -f kustomization.yml ] || [ -f Kustomization ]; then
  rendered="$(kustomize build --enable-alpha-plugins --enable-exec .)"
  printf '%s\n' "$rendered" | tidb-groups validate --rendered "$@" - >&2
  printf '%s\n' "$rendered"
else
  tidb-groups render "$@" .
fi
