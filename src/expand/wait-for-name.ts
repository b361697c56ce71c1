interface Wait {
  /** How long at most, in seconds. */
  readonly seconds: number;
  /** Whether the name must be this pod's, and not that of the one before it. */
  readonly isOwn: boolean;
}

/** Lines of a start script that wait until the pod's own name resolves: others ask for it as soon as the server runs. */
export function waitForName({ seconds, isOwn }: Wait): string[] {
  const resolves = isOwn ? 'resolves_to_this_pod' : 'getent hosts "$host" >/dev/null';
  return [
    '',
    ...(isOwn ? RESOLVES_TO_THIS_POD : []),
    'waited=0',
    `until ${resolves}; do`,
    `  if [ "$waited" -ge ${seconds} ]; then`,
    `    echo "$host does not resolve${isOwn ? ' to this pod' : ''} after ${seconds} seconds" >&2`,
    '    exit 1',
    '  fi',
    '  sleep 1',
    '  waited=$((waited + 1))',
    'done',
  ];
}

const RESOLVES_TO_THIS_POD = [
  'resolves_to_this_pod() {',
  '  own=" $(hostname -I) "',
  '  for ip in $(getent ahosts "$host" | awk \'{ print $1 }\'); do',
  '    case $own in *" $ip "*) return 0 ;; esac',
  '  done',
  '  return 1',
  '}',
];
