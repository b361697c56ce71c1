import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { convertText } from '../support/convert.ts';
import { describeWith, KUBERNETES_JUDGE } from '../support/tools.ts';
import { refusedByV2 } from '../support/v2-definitions.ts';

const FILES = ['production', 'smallest'].map((name) => `fixtures/realistic/${name}.yaml`);
const DIRECTORIES = ['mixed', 'operator', 'plain'].map((name) => `examples/${name}/manifests`);

function textsIn(directory: string): string {
  const files = readdirSync(directory).filter((file) => file.endsWith('.yaml'));
  return files.map((file) => readFileSync(`${directory}/${file}`, 'utf8')).join('---\n');
}

describeWith([KUBERNETES_JUDGE], 'clusters as people run them', () => {
  test('become resources that TiDB Operator v2 takes', async () => {
    const inputs = [...FILES.map((file) => readFileSync(file, 'utf8')), ...DIRECTORIES.map(textsIn)];
    const ofV2 = [];
    for (const input of inputs) {
      const { resources } = await convertText(input);
      const made = resources.filter(({ apiVersion }) => apiVersion === 'core.pingcap.com/v1alpha1');
      expect(made.length).toBeGreaterThan(2);
      ofV2.push(...made);
    }
    expect(refusedByV2(ofV2)).toEqual([]);
  });
});
