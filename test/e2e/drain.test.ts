import { describe, expect, test } from 'vitest';
import { DRAIN_JQ, DRAIN_SH } from '../../src/drain/scripts.generated.ts';
import { askControllers } from '../support/controllers.ts';
import { DOORS, isMissing, type Opened, STDIN } from '../support/doors.ts';
import { rendered, renderPackage } from '../support/kpt.ts';
import { at, titleOf } from '../support/read-yaml.ts';
import { Sandbox } from '../support/sandbox.ts';
import { CONTROLLERS, describeWith, KPT } from '../support/tools.ts';

const HEAD = 'apiVersion: pingcap.com/v1alpha1\n';

function cluster(spec = 'version: v8.5.7'): string {
  return `${HEAD}kind: TidbCluster
metadata: {name: basic, namespace: tidb}
spec: {${spec}, pd: {replicas: 3, requests: {storage: 10Gi}}, tikv: {replicas: 3, requests: {storage: 100Gi}}}
`;
}

function group(replicas: number, annotations = '', kind = 'TiKVGroup', more = ''): string {
  return `${HEAD}kind: ${kind}
metadata: {name: hot, namespace: tidb, annotations: {${annotations}}}
spec: {cluster: {name: basic}, replicas: ${replicas}, requests: {storage: 100Gi}${more}}
`;
}

const FILES = { 'cluster.yaml': cluster(), 'hot.yaml': group(3) };
const SETTINGS = { 'drain.enabled': 'true', 'drain.timeout': '12h', 'drain.engine': 'ArgoCD' };

function drainsOf({ resources }: Opened) {
  return Object.values(resources).filter((resource) => /^(?:Job|ConfigMap) .*-drain/.test(titleOf(resource)));
}

describe('a Job', () => {
  test('is rendered with the very scripts that are run against PD in other tests', () => {
    const wanted = STDIN.open(FILES, SETTINGS);
    const [files, job] = drainsOf(wanted);
    expect(wanted.messages).toEqual([]);
    expect(at(files, 'data')).toMatchObject({ 'drain.sh': DRAIN_SH, 'drain.jq': DRAIN_JQ });
    expect(at(job, 'spec', 'activeDeadlineSeconds')).toBe(43_200);
    expect(at(job, 'spec', 'template', 'spec', 'containers', 0, 'image')).toBe('pingcap/pd:v8.5.7');
  });

  for (const door of DOORS) {
    test.skipIf(isMissing(door))(`is the same through ${door.name}`, () => {
      const opened = door.open(FILES, SETTINGS);
      expect(opened.messages).toEqual([]);
      expect(drainsOf(opened)).toEqual(drainsOf(STDIN.open(FILES, SETTINGS)));
    });
  }

  const SPECS = [
    { name: 'of a plain cluster', cluster: 'version: v8.5.7', more: '' },
    { name: 'with TLS', cluster: 'version: v8.5.7, tlsCluster: {enabled: true}', more: '' },
    {
      name: 'with settings of pods',
      cluster:
        'version: v8.5.7, clusterDomain: a.local, imagePullSecrets: [{name: registry}], labels: {team: data}, annotations: {note: b}',
      more: ', tolerations: [{key: disk, operator: Exists}], nodeSelector: {disk: nvme}, priorityClassName: high, dnsConfig: {nameservers: [10.0.0.1]}, dnsPolicy: None',
    },
  ];
  test.skipIf(CONTROLLERS.path === undefined).each(SPECS)(
    'is taken by Kubernetes, also where pods are restricted: $name',
    ({ cluster: spec, more }) => {
      const files = { 'cluster.yaml': cluster(spec), 'hot.yaml': group(3, '', 'TiKVGroup', more) };
      const drains = drainsOf(STDIN.open(files, SETTINGS));
      expect(drains.length).toBe(2);
      expect(askControllers(drains.map((object) => ({ do: 'validate', object })))).toEqual([{}, {}]);
    },
  );

  test('asks PD as the stores do, with their certificate', () => {
    const spec = 'version: v8.5.7, clusterDomain: a.local, tlsCluster: {enabled: true}';
    const [, job] = drainsOf(STDIN.open({ 'cluster.yaml': cluster(spec), 'hot.yaml': group(3) }, SETTINGS));
    const env = at(job, 'spec', 'template', 'spec', 'containers', 0, 'env');
    expect(env).toContainEqual({ name: 'PD', value: 'https://basic-pd:2379' });
    expect(env).toContainEqual({ name: 'DOMAIN', value: 'a.local' });
    expect(at(job, 'spec', 'template', 'spec', 'volumes', 1)).toEqual({
      name: 'tikv-tls',
      secret: { secretName: 'hot-tikv-cluster-secret' },
    });
  });
});

describeWith([KPT], 'a package', (kpt) => {
  const PACKAGE = { 'package/cluster.yaml': cluster(), 'package/hot.yaml': group(5) };
  const kptfile = (settings: string) =>
    `apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata:\n  name: db\npipeline:\n  mutators:\n  - exec: tidb-groups\n    configMap: {${settings}}\n`;
  const found = (files: Record<string, string>) =>
    files['hot-tikv.yaml']?.match(/^kind: (?:Job|ConfigMap)$|hot-tikv-drain-\w{7} \d+/gm);

  test('gets the next Job in the place of the one before, and loses it with the drain', () => {
    const sandbox = new Sandbox({ ...PACKAGE, 'package/Kptfile': kptfile('drain.enabled: "true"') });
    const jobOf = (replicas: number) => [
      'kind: ConfigMap',
      'kind: ConfigMap',
      expect.stringMatching(new RegExp(` ${replicas}$`)),
      'kind: Job',
    ];
    const first = rendered(sandbox, kpt);
    expect(found(first)).toEqual(jobOf(5));
    expect(rendered(sandbox, kpt)).toEqual(first);
    sandbox.write({ 'package/hot.yaml': group(6) });
    expect(found(rendered(sandbox, kpt))).toEqual(jobOf(6));
    sandbox.write({ 'package/Kptfile': kptfile('drain.enabled: "false"') });
    expect(found(rendered(sandbox, kpt))).toEqual(['kind: ConfigMap']);
  });

  test.each([
    { settings: 'drain.engine: ArgoCD, drain.enabled: "true"', isLowered: true },
    { settings: 'drain.engine: Flux, drain.enabled: "true"', isLowered: true },
    { settings: 'syncWaves: "true", drain.enabled: "true"', isLowered: true },
    { settings: 'drain.enabled: "true"', isLowered: false },
    { settings: 'drain.engine: ArgoCD', isLowered: true },
    { settings: 'drain.engine: ArgoCD, rollout: Plain', isLowered: false },
  ])('with $settings: is lowered without a confirmation: $isLowered', ({ settings, isLowered }) => {
    const sandbox = new Sandbox({ ...PACKAGE, 'package/Kptfile': kptfile(settings) });
    rendered(sandbox, kpt);
    sandbox.write({ 'package/hot.yaml': group(4) });
    const { status, stderr } = renderPackage(sandbox, kpt);
    expect(status === 0).toBe(isLowered);
    expect(stderr.includes('store-scale-in')).toBe(!isLowered);
  });
});
