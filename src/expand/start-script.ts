import { quote } from './shell.ts';

/** What a start script is made from; everything else comes from the container's environment. */
export interface StartScript {
  /** Without its path: `tikv-server`. */
  readonly server: string;
  /** The directory that it is in. Default: `/`. */
  readonly directory?: string;
  readonly clusterDomain: string | undefined;
  /** Whether the pod has its annotations in a file, where `runmode` may stand. Default: true. */
  readonly hasAnnotations?: boolean;
  /** What has the name of the pod. Default: `${POD_NAME:-$HOSTNAME}`. */
  readonly podName?: string;
  /** The variable that has the name of the headless Service. Default: `HEADLESS_SERVICE_NAME`. */
  readonly peerVariable?: string;
  /** Lines between those that find the host and those that start the server. */
  readonly before: readonly string[];
  /** Shell words, each one argument. */
  readonly args: readonly string[];
  /** Lines that add arguments which only the environment knows. */
  readonly after: readonly string[];
}

/**
 * A POSIX shell script that ends in `exec /tikv-server …`. It holds the container open instead where the pod's
 * annotations say `runmode: debug`; that file is read and never run, because anyone may annotate a pod.
 */
export function startScript(script: StartScript): string {
  const { server, directory = '/', clusterDomain, hasAnnotations = true, before, args, after } = script;
  const { peerVariable = 'HEADLESS_SERVICE_NAME', podName = '${POD_NAME:-$HOSTNAME}' } = script;
  const domain = clusterDomain ? quote(`.${clusterDomain}`) : '';
  const needsHost = [...before, ...args, ...after].some((line) => line.includes('$host'));
  return lines(
    '#!/bin/sh',
    'set -u',
    ...(hasAnnotations ? heldOpen(server) : []),
    ...(needsHost ? ['', `host="${podName}.$${peerVariable}.$NAMESPACE.svc"${domain}`] : []),
    ...before,
    '',
    'set -- \\',
    ...args.map((arg, i) => `  ${arg}${i < args.length - 1 ? ' \\' : ''}`),
    ...after,
    '',
    `exec ${directory}${server} "$@"`,
  );
}

function heldOpen(server: string): string[] {
  return [
    '',
    '# The annotation `runmode: debug` keeps the container open, for a look inside.',
    'if [ -f /etc/podinfo/annotations ]; then',
    '  while IFS= read -r line || [ -n "$line" ]; do',
    '    if [ "$line" = \'runmode="debug"\' ]; then',
    `      echo 'runmode is debug: ${server} is not started'`,
    '      exec tail -f /dev/null',
    '    fi',
    '  done </etc/podinfo/annotations',
    'fi',
  ];
}

/**
 * A script as it stands in a container's command: Kubernetes puts variables in for `$(NAME)` there, and takes `$$` for one
 * `$`. Flux does so for `${NAME}`, so such a script must have none of these.
 */
export function inCommand(script: string): string {
  return script.replace(/\$(?=[$(])/g, '$$$$');
}

/** Lines that add arguments where a condition holds. */
export function argsIf(condition: string, args: string): string[] {
  return [`if ${condition}; then`, `  set -- "$@" ${args}`, 'fi'];
}

function lines(...all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}
