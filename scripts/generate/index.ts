import { readFileSync } from 'node:fs';
import { writeChecksum } from './checksum.ts';
import { componentRegistries } from './components.ts';
import { configKeysModule } from './config-keys.ts';
import { writeConvertFields } from './convert-fields.ts';
import { makeDefinitions } from './definitions.ts';
import { writeExplanations } from './explanations.ts';
import { FUNCTIONS, writeFunctionDefinition } from './function-definition.ts';
import { kubernetesFieldsModule } from './kubernetes-fields.ts';
import { writeKustomizeFields } from './kustomize-fields.ts';
import { writeListSchema } from './list-schema.ts';
import { writePlanSchema } from './plan-schema.ts';
import { publishedFiles } from './published.ts';
import { writeReference } from './reference.ts';
import { writeScanProgram } from './scan-program.ts';
import { writeDefinitions, writeDescriptions } from './schemas.ts';
import { writeScripts } from './scripts.ts';
import { serverKeysModule } from './server-keys.ts';

/** Every generated file by its path from the root. The files on disk must match this; a test checks that. */
export function generateAll(root: string): Map<string, string> {
  const definitions = makeDefinitions(root);
  return new Map([
    ['src/api/generated/definitions.generated.ts', writeDefinitions(definitions)],
    ['src/api/generated/descriptions.generated.ts', writeDescriptions(definitions)],
    [
      'src/config/known-keys.generated.ts',
      configKeysModule(readFileSync(`${root}/fixtures/facts/operator-config-keys.txt`, 'utf8')),
    ],
    [
      'src/validate/config-keys/keys.generated.ts',
      serverKeysModule(readFileSync(`${root}/fixtures/facts/server-config-keys.txt`, 'utf8')),
    ],
    [
      'src/kubernetes/fields.generated.ts',
      kubernetesFieldsModule(readFileSync(`${root}/fixtures/facts/kubernetes-fields.txt`, 'utf8')),
    ],
    [
      'src/report/explanations.generated.ts',
      writeExplanations(readFileSync(`${root}/docs/problems.md`, 'utf8'), 'EXPLANATIONS', 'docs/problems.md'),
    ],
    [
      'src/report/danger-explanations.generated.ts',
      writeExplanations(
        readFileSync(`${root}/docs/dangers.md`, 'utf8'),
        'DANGER_EXPLANATIONS',
        'docs/dangers.md',
      ),
    ],
    ...componentRegistries(root),
    [
      'src/drain/scripts.generated.ts',
      writeScripts(root, 'src/drain', ['drain.sh', 'drain.jq'], 'DRAIN_DIGEST'),
    ],
    ['src/components/tikv/scripts.generated.ts', writeScripts(root, 'src/components/tikv', ['stop.sh'])],
    ['src/placement/scripts.generated.ts', writeScripts(root, 'src/placement', ['apply.sh'])],
    ['src/list/scan-program.generated.ts', writeScanProgram(root)],
    ['scripts/build/checksum.generated.json', writeChecksum(root)],
    ['docs/diff.schema.json', writePlanSchema(root)],
    ['docs/reference.md', writeReference(definitions)],
    ['docs/convert-fields.md', writeConvertFields()],
    ['docs/list.schema.json', writeListSchema(root)],
    ['functions/expand-tidb-groups/kustomize/fields.generated.yaml', writeKustomizeFields(definitions)],
    ...FUNCTIONS.map((entry): [string, string] => [
      `functions/${entry.name}/function-definition.generated.yaml`,
      writeFunctionDefinition(root, definitions, entry),
    ]),
    ...publishedFiles(),
  ]);
}
