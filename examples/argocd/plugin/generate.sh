#!/bin/sh
# Prints the manifests of an Application from its directory, the working one: what plugin.yaml has Argo CD run.
#
# PARAM_DIRECTORY: what to render, from there on; the directory itself by default
# PARAM_STRICT: `true`, and warnings are errors; `false` by default
#
# An empty or cut off output would be taken for all there is, and the rest be pruned. So nothing is printed before all of it
# is there and checked, and there is no pipe whose first half could fail unnoticed.
set -eu

if [ ! -d "${PARAM_DIRECTORY:-.}" ]; then
  echo "error: the parameter directory must name a directory, from the path of the Application on, and there is no \"$PARAM_DIRECTORY\"" >&2
  exit 1
fi
application="$(pwd -P)"
cd -- "${PARAM_DIRECTORY:-.}"
# A repository may hold links, and this one must not be a way out of it.
case "$(pwd -P)/" in
  "$application"/*) ;;
  *) echo "error: the parameter directory must stay below the path of the Application, and \"$PARAM_DIRECTORY\" leads out of it" >&2; exit 1 ;;
esac
case "${PARAM_STRICT:-false}" in
  true) set -- --strict ;;
  false) set -- ;;
  *) echo "error: the parameter strict must be true or false, and is \"$PARAM_STRICT\"" >&2; exit 1 ;;
esac
if [ -f kustomization.yaml ] || [ -f kustomization.yml ] || [ -f Kustomization ]; then
  rendered="$(kustomize build --enable-alpha-plugins --enable-exec .)"
  printf '%s\n' "$rendered" | tidb-groups validate --rendered "$@" - >&2
  printf '%s\n' "$rendered"
else
  tidb-groups render "$@" .
fi
