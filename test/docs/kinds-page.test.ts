import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { expandTidbGroups } from '../../functions/expand-tidb-groups/kpt-func.ts';
import { ALSO } from '../../src/api/crd-also.ts';
import { RULES } from '../../src/api/crd-rules.ts';
import { GROUP_COMPONENTS } from '../../src/components/index.ts';

const PAGE = readFileSync('docs/kinds.md', 'utf8');

describe.each(GROUP_COMPONENTS.map(({ name, group }) => ({ name, ...group })))(
  'a $kind',
  ({ name, kind, short, labelsIn }) => {
    test('has a row on the page of kinds', () => {
      expect(PAGE).toContain(`\n| \`${kind}\` | \`spec.${name}\` | \`${short}\` | `);
    });

    test.each([
      'README.md',
      'docs/zones.md',
      'functions/expand-tidb-groups/README.md',
      'functions/validate-tidb-groups/README.md',
    ])('is in %s, where it can be there', (file) => {
      if (file === 'docs/zones.md' && labelsIn === undefined) return;
      expect(readFileSync(file, 'utf8')).toContain(`\`${kind}\``);
    });

    test('is in the usage of the function', () => {
      expect(expandTidbGroups.usage).toMatch(new RegExp(`\\b${kind}\\b`));
    });

    test('is checked by its CustomResourceDefinition', () => {
      expect([ALSO, RULES].map((table) => table[`${kind}Spec`])).not.toContain(undefined);
    });
  },
);
