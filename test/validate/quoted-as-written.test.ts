import { describe, expect, test } from 'vitest';
import { type GroupOutput, refTo } from '../../src/api/index.ts';
import { GROUP_COMPONENTS } from '../../src/components/index.ts';
import { openStream } from '../../src/list/index.ts';
import { formatPath, Problems } from '../../src/problem/index.ts';
import { DEFAULT_SETTINGS, INTEREST, render } from '../../src/render/index.ts';
import { Float, isMap, type MapValue, resolvePlain } from '../../src/yaml/index.ts';
import { writeMap } from '../../src/yaml-write/index.ts';
import { everyField } from '../support/every-field.ts';
import { listedKeys } from '../support/operator-keys.ts';
import { runs } from '../support/runs.ts';
import { sample, sampleAt } from '../support/sample.ts';

/** Spellings of scalars of which YAML makes something that does not look like them. */
const SPELLINGS = [
  ...['-.inf', '.inf', '.NaN', '0x7BF3', '31_731', '3.1731e4', '3173.10', '0o75763', '+31731', '-0x7BF3'],
  ...['yes', 'Off', '-3_1731', '3_1731.5', '1_000_000_000_000_000_000_000', '0b11', '00017', '-.5e1'],
];

const GROUPS = GROUP_COMPONENTS.map(({ group }) => group.kind);
const KINDS = ['TidbCluster', ...GROUPS] as const;

/** Stands where a spelling is to stand; nothing writes it in quotes. */
const HERE = 'placeholder-of-a-scalar';

async function messagesOf(text: string, output: GroupOutput = 'Workloads'): Promise<string[]> {
  const problems = new Problems();
  const items = await openStream('input.yaml', Buffer.from(text), INTEREST, problems);
  await render(items, problems, { ...DEFAULT_SETTINGS, output });
  return problems.all.map(({ message }) => message);
}

/** What a message would say if it quoted what YAML has made of a spelling. */
function otherForms(spelling: string): string[] {
  const value = resolvePlain(spelling);
  const bare = value instanceof Float ? String(value.value) : String(value);
  const forms = [bare, String(value)].flatMap((form) => [`"${form}"`, `entry: [${form}]`]);
  return forms.filter((form) => !form.includes(spelling) && form !== '"null"');
}

function streamWith(resource: MapValue, spelling: string): string {
  const cluster = sample({ $ref: refTo('TidbCluster') });
  const named = { ...(isMap(cluster) ? cluster : {}), ...HEAD, metadata: { name: 'text', namespace: 'a' } };
  const others = resource.kind === 'TidbCluster' ? [] : [{ ...named, kind: 'TidbCluster' }];
  return [...others, resource]
    .map((one) => writeMap(one))
    .join('---\n')
    .replaceAll(HERE, spelling);
}

const HEAD = { apiVersion: 'pingcap.com/v1alpha1', metadata: { name: 'mine', namespace: 'a' } };

describe.each(KINDS)('in any field of a %s', (kind) => {
  test('a message quotes the scalar as it was written, not what YAML makes of it', {
    timeout: 120_000,
  }, async () => {
    const fields = [...everyField([kind])].filter(({ path }) => path[0] === 'spec' && path.length > 1);
    let quotes = 0;
    const wrong: { field: string; spelling: string; message: string }[] = [];
    const tried = runs(fields.length * 6);
    for (let index = 0; index < tried; index++) {
      const { path } = fields[index % fields.length] ?? { path: [] };
      const spelling = SPELLINGS[(index + Math.floor(index / fields.length)) % SPELLINGS.length] ?? '';
      const resource = sampleAt(kind, path, (holder, name) => {
        holder[name] = HERE;
      });
      const forms = otherForms(spelling);
      const output = index % 4 === 0 ? 'TidbCluster' : 'Workloads';
      for (const message of await messagesOf(streamWith({ ...resource, ...HEAD, kind }, spelling), output)) {
        if (message.includes(JSON.stringify(spelling))) quotes++;
        const isWrong = forms.some((form) => message.includes(form));
        if (isWrong) wrong.push({ field: formatPath(path), spelling, message });
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(quotes).toBeGreaterThan(tried / 4);
  });
});

const COMPONENTS = { PDGroup: 'pd', TiKVGroup: 'tikv', TiDBGroup: 'tidb', TiFlashGroup: 'tiflash' } as const;

/** A config with one key, as a map and as TOML. */
function configsWith(path: string, spelling: string): string[] {
  const steps = path.replaceAll(/\[\]|\{\}/g, '.x').split('.');
  const map = steps.reduceRight((inner, step) => `{${step}: ${inner}}`, spelling);
  return [map, `"${steps.join('.')} = ${spelling}\\n"`];
}

test('so does a message about a key of a config, in a map or in TOML', { timeout: 120_000 }, async () => {
  const wrong: { path: string; spelling: string; message: string }[] = [];
  let quotes = 0;
  for (const [kind, component] of Object.entries(COMPONENTS)) {
    const keys = listedKeys('operator-config-keys.txt').filter((key) => key.component.startsWith(component));
    const tried = runs(keys.length);
    for (let index = 0; index < tried; index++) {
      const { component: part, path = '' } = keys[Math.floor((index * keys.length) / tried)] ?? {};
      const spelling = SPELLINGS[index % SPELLINGS.length] ?? '';
      const inPart = `${part}.${path}`.slice(component.length + 1);
      const forms = otherForms(spelling);
      for (const config of configsWith(inPart, spelling)) {
        for (const text of [clusterWith(component, config), groupWith(kind, config)]) {
          for (const message of await messagesOf(text)) {
            if (message.includes(JSON.stringify(spelling))) quotes++;
            if (forms.some((form) => message.includes(form))) wrong.push({ path, spelling, message });
          }
        }
      }
    }
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(quotes).toBeGreaterThan(40);
});

const PD = '{replicas: 3, requests: {storage: 1Gi}}';
const CLUSTER = `apiVersion: pingcap.com/v1alpha1
kind: TidbCluster
metadata: {name: text, namespace: a}
spec:
  version: v8.5.7
`;

function clusterWith(component: string, config: string): string {
  const other = component === 'pd' ? '' : `  pd: ${PD}\n`;
  return `${CLUSTER}${other}  ${component}: {replicas: 3, requests: {storage: 1Gi}, config: ${config}}\n`;
}

function groupWith(kind: string, config: string): string {
  const spec = `{cluster: {name: text}, replicas: 3, requests: {storage: 1Gi}, config: ${config}}`;
  return `${CLUSTER}  pd: ${PD}\n---\napiVersion: pingcap.com/v1alpha1\nkind: ${kind}\nmetadata: {name: mine, namespace: a}\nspec: ${spec}\n`;
}
