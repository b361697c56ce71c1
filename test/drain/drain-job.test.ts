import { describe, expect, it } from 'vitest';
import { type DrainSettings, drain } from '../../src/drain/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { askControllers } from '../support/controllers.ts';
import { HOT } from '../support/drain.ts';
import { at } from '../support/read-yaml.ts';
import { CONTROLLERS } from '../support/tools.ts';

const WHOLE: DrainSettings = {
  ...HOT,
  pd: 'https://basic-pd:2379',
  clusterDomain: 'cluster.local',
  secret: 'hot-tikv-cluster-secret',
  timeout: 86_400,
  pod: {
    labels: { team: 'data' },
    annotations: { note: 'drain' },
    imagePullSecrets: [{ name: 'registry' }],
    nodeSelector: { pool: 'any' },
    tolerations: [{ key: 'dedicated', operator: 'Exists' }],
    priorityClassName: 'low',
    schedulerName: 'other',
  },
};

function jobOf(settings: DrainSettings): MapValue {
  return drain(settings)[1];
}

function nameOf(settings: DrainSettings): string {
  return `${at(jobOf(settings), 'metadata', 'name')}`;
}

it('a Job keeps a number that JSON has not', () => {
  const tolerations = [{ key: 'dedicated', tolerationSeconds: 2n ** 60n }];
  const job = jobOf({ ...HOT, pod: { tolerations } });
  expect(at(job, 'spec', 'template', 'spec', 'tolerations')).toEqual(tolerations);
});

it('a Job has one name, in whatever order labels and the like are written', () => {
  const named = (...keys: readonly string[]) => {
    const texts = Object.fromEntries(keys.map((key) => [key, 'x']));
    return nameOf({ ...HOT, pod: { labels: texts, annotations: texts, nodeSelector: texts } });
  };
  expect(named('a', 'b', 'c')).toBe(named('c', 'a', 'b'));
  expect(named('a', 'b')).not.toBe(named('a', 'c'));
});

it('a Job is as it reads', () => {
  expect(jobOf(HOT)).toMatchSnapshot();
});

it.skipIf(CONTROLLERS.path === undefined)('Kubernetes takes it, also where pods are restricted', () => {
  const long = { ...HOT, set: `${'a'.repeat(40)}-${'b'.repeat(20)}-tikv` };
  for (const settings of [HOT, WHOLE, { ...HOT, namespace: undefined, replicas: 0 }, long]) {
    const answers = askControllers(
      drain(settings).map((object) => ({ do: 'validate', object: inNamespace(object) })),
    );
    expect(answers).toEqual([{}, {}]);
  }
});

function inNamespace(resource: MapValue): MapValue {
  const { metadata } = resource;
  return { ...resource, metadata: { namespace: 'tidb', ...(typeof metadata === 'object' && metadata) } };
}

describe("a Job's name", () => {
  const changes: Partial<DrainSettings>[] = [
    { replicas: 2 },
    { image: 'pingcap/pd:v8.5.8' },
    { pd: 'http://basic-pd.other.svc:2379' },
    { clusterDomain: 'cluster.local' },
    { secret: 'hot-tikv-cluster-secret' },
    { timeout: 60 },
    { pod: { nodeSelector: { pool: 'any' } } },
    { group: 'cold' },
    { set: 'cold-tikv' },
  ];
  it.each(changes)('changes with %j', (change) => {
    expect(nameOf({ ...HOT, ...change })).not.toBe(nameOf(HOT));
  });

  it('is the same for the same', () => {
    expect(nameOf({ ...HOT })).toBe(nameOf(HOT));
    expect(nameOf({ ...HOT, namespace: 'other' })).toBe(nameOf(HOT));
  });

  it('is as short as a label of its pods', () => {
    for (let length = 1; length < 70; length++) {
      const name = nameOf({ ...HOT, set: `a${'-b'.repeat(length)}-tikv` });
      expect(name.length).toBeLessThanOrEqual(63);
      expect(name).toMatch(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/);
    }
  });
});

it('its files name it, and the replicas that it drains to', () => {
  const [files, job] = drain({ ...HOT, replicas: 2 });
  expect(at(files, 'metadata', 'name')).toBe('hot-tikv-drain');
  expect(at(files, 'data', 'target')).toBe(`${at(job, 'metadata', 'name')} 2\n`);
});

it('nobody takes its pod for a store', () => {
  expect(at(jobOf(WHOLE), 'spec', 'template', 'metadata', 'labels')).toEqual({
    team: 'data',
    'app.kubernetes.io/component': 'tikv-drain',
    'app.kubernetes.io/instance': 'hot',
    'app.kubernetes.io/managed-by': 'tidb-groups',
    'app.kubernetes.io/name': 'tidb-cluster',
  });
});

it('it has no time limit, and is not deleted when it is through, unless that is asked for', () => {
  const spec = at(jobOf(HOT), 'spec');
  expect(spec).not.toHaveProperty('activeDeadlineSeconds');
  expect(spec).not.toHaveProperty('ttlSecondsAfterFinished');
  expect(at(jobOf(WHOLE), 'spec')).toMatchObject({ activeDeadlineSeconds: 86_400 });
});
