import { expect, test } from 'vitest';
import { CLUSTER, TIKV_GROUP } from '../support/basic.ts';
import { KEPT_LINES } from '../support/engines.ts';
import { withoutTally } from '../support/frame.ts';
import { kptfile, rendered } from '../support/kpt.ts';
import { readYaml } from '../support/read-yaml.ts';
import { type Files, Sandbox } from '../support/sandbox.ts';
import { describeWith, KPT } from '../support/tools.ts';

/** Styles and values that re-printing would change, and that kpt itself leaves alone. */
const HAND_WRITTEN = `# Owned by the database team.
#   Indented on purpose.
apiVersion: v1
kind: ConfigMap # a comment on the kind
metadata:
  name: "settings"
  namespace: 'db'
  labels: {team: db, 'tier': "data"}
data:
  # Kubernetes reads this as a string, because of the quotes.
  on: "on"
  octal: "0644"
  date: '2020-01-01'
  float: "1.0"
  url: https://example.com/#fragment
  list: "[a, b]"
  start.sh: |
    #!/bin/sh
    # not a comment of YAML
    set -eu

    exec server --name="$(hostname)" # neither is this
  kept: |+
    ends in blank lines

  # at the end
  last: x
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
  namespace: db
spec:
  replicas: 2
  selector:
    matchLabels: {app: app}
  template:
    metadata:
      labels: {app: app}
    spec:
      containers:
        # This list is indented, unlike the others.
        - name: app
          image: example.com/app:1.0
          args: ["--a", '--b', --c]
      volumes:
        - name: key
          secret:
            secretName: key
            defaultMode: 0400
---
apiVersion: example.com/v1
kind: Anything
metadata:
  name: anything
  namespace: db
spec:
  large: 9007199254740993
  larger: 18446744073709551615
  float: 1.0
  exponent: 1e3
  date: 2020-01-01
  time: 12:30:45
  yes: no
  hexadecimal: 0x1F
  null: ~
  empty:
  none: []
`;

/** A cluster with a user's own config map and comments, which a patch goes through. */
const CLUSTER_WRITTEN = `# The cluster.
apiVersion: pingcap.com/v1alpha1
kind: TidbCluster
metadata:
  name: "basic" # never rename
  namespace: 'db'
  annotations:
    # Asked for by finance.
    example.com/owner: "db"
spec:
  # One version for all.
  version: "v8.5.7"
  timezone: UTC
  pd:
    baseImage: pingcap/pd
    replicas: 3
    requests: {storage: "10Gi"}
    config:
      replication:
        location-labels: [zone, 'host']
  tikv:
    baseImage: pingcap/tikv
    replicas: 3
    requests:
      storage: 100Gi
    config: |
      [storage]
        reserve-space = "2GB" # comment in TOML
  tolerations:
    - key: db
      operator: Exists
`;

const GROUP_WRITTEN = `# Hot stores.
apiVersion: pingcap.com/v1alpha1
kind: TiKVGroup
metadata:
  name: hot
  namespace: db
spec:
  # Which cluster.
  cluster: {name: basic}
  replicas: 3 # one a zone
  requests:
    storage: "200Gi"
`;

const PACKAGE: Files = {
  'package/Kptfile': kptfile('db'),
  'package/cluster.yaml': CLUSTER_WRITTEN,
  'package/group.yaml': GROUP_WRITTEN,
  'package/others/written.yaml': HAND_WRITTEN,
  'package/README.md': '# No resource\n',
};

describeWith([KPT], 'files that people wrote', (kpt) => {
  test('come back unchanged where nothing is done to them', () => {
    const files = rendered(new Sandbox(PACKAGE), kpt);
    expect(files['others/written.yaml']).toBe(HAND_WRITTEN);
    expect(files['README.md']).toBe('# No resource\n');
    expect(files.Kptfile).toBe(PACKAGE['package/Kptfile']);
  });

  test('keep every line where an annotation is added', () => {
    const files = rendered(new Sandbox(PACKAGE), kpt);
    expect(withoutTally(files['cluster.yaml'] ?? '')).toBe(
      CLUSTER_WRITTEN.replace(
        '    example.com/owner: "db"\n',
        `    example.com/owner: "db"\n    groups.pingcap.com/tikv: hot\n${KEPT_LINES}`,
      ),
    );
    expect(linesAdded(GROUP_WRITTEN, files['group.yaml'] ?? '')).toEqual([
      '  annotations:',
      expect.stringMatching(/^ {4}config\.kubernetes\.io\/local-config: ['"]true['"]$/),
    ]);
  });

  test('do not gain comments with each render', () => {
    const sandbox = new Sandbox(PACKAGE);
    const first = rendered(sandbox, kpt);
    expect([rendered(sandbox, kpt), rendered(sandbox, kpt)]).toEqual([first, first]);
    for (const comment of ['# The cluster.', '# Asked for by finance.', '# never rename']) {
      expect(first['cluster.yaml']?.split(comment)).toHaveLength(2);
    }
  });

  test('keep delicate values in the resources of a group, for every YAML parser', () => {
    const strings = [
      'on',
      'y',
      'No',
      '1:30',
      '2020-01-01',
      '1_000',
      '0644',
      '0o17',
      '0x1f',
      '1e3',
      '.5',
      '~',
    ];
    const env = strings.map((text, index) => `  - {name: V${index}, value: "${text}"}\n`).join('');
    const volumes = '  additionalVolumes:\n  - name: key\n    secret: {secretName: key, defaultMode: 0400}\n';
    const sandbox = new Sandbox({
      'package/Kptfile': kptfile('db'),
      'package/cluster.yaml': CLUSTER,
      'package/group.yaml': `${TIKV_GROUP}  terminationGracePeriodSeconds: 9007199254740993\n  env:\n${env}${volumes}`,
    });
    const text = rendered(sandbox, kpt)['hot-tikv.yaml'] ?? '';
    for (const version of ['1.1', '1.2'] as const) {
      const set = readYaml(text, version).find(({ kind }) => kind === 'StatefulSet');
      expect(set).toMatchObject({
        spec: {
          template: {
            spec: {
              terminationGracePeriodSeconds: 9007199254740993n,
              containers: [
                {
                  env: expect.arrayContaining(strings.map((value, index) => ({ name: `V${index}`, value }))),
                },
              ],
              volumes: expect.arrayContaining([
                { name: 'key', secret: { secretName: 'key', defaultMode: 256n } },
              ]),
            },
          },
        },
      });
    }
    expect(text).not.toMatch(/(?:^|\s)[&*]\w/m);
  });
});

/** The lines that only `after` has; all other lines must be the same. */
function linesAdded(before: string, after: string): string[] {
  const left = before.split('\n');
  const added = after.split('\n').filter((line) => {
    if (line !== left[0]) return true;
    left.shift();
    return false;
  });
  expect(left).toEqual([]);
  return added;
}
