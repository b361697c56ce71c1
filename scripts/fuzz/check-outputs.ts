import fc from 'fast-check';
import { readDocuments } from '../../src/yaml/read-events.ts';
import { toValue } from '../../src/yaml/to-value.ts';
import { faultsOf } from '../../test/support/check-output.ts';
import type { Output } from '../../test/support/every-output.ts';
import { anySpoiling, spoiledOutputs, systemsToSpoil } from '../../test/support/hostile-resources.ts';
import { formOf, isTyped, readEverywhere } from '../../test/support/yaml-readers.ts';
import type { Finding } from './check.ts';

const MOST_TITLE = 80;
const SYSTEMS = systemsToSpoil();

/**
 * Puts hostile texts into any field of the input and of rendered manifests, and runs all commands on them. A reader of
 * the output must find the expected content and nothing more. Returns what is wrong, or undefined.
 */
export async function checkOutputs(seed: number): Promise<Finding | undefined> {
  try {
    const outputs: Output[] = [];
    const systems = await SYSTEMS;
    // Reading all of them at once would take too long.
    const base = systems[seed % systems.length] ?? [];
    for (const spoiling of fc.sample(anySpoiling, { seed, numRuns: 1 }))
      outputs.push(...(await spoiledOutputs(base, spoiling)));
    const [fault] = [...faultsOf(outputs), ...yamlFaults(outputs)];
    if (fault === undefined) return undefined;
    const title = fault.split(':').slice(0, 2).join(':').slice(0, MOST_TITLE);
    return { title, detail: `seed ${seed}\n${fault}` };
  } catch (error) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    return { title: `throws: ${message.slice(0, MOST_TITLE)}`, detail: `seed ${seed}\n${stack}` };
  }
}

/** All YAML readers must read the same values as our reader. */
function yamlFaults(outputs: readonly Output[]): string[] {
  const written = outputs.filter(({ reader, text }) => reader === 'yaml' && text !== '');
  const answers = readEverywhere(written.map(({ text }) => text));
  const faults: string[] = [];
  for (const [index, { what, text }] of written.entries()) {
    const values = readDocuments(text).map(toValue);
    for (const [reader, answer] of answers[index] ?? []) {
      if ('refused' in answer) faults.push(`${what}: ${reader} refuses it: ${answer.refused}`);
      else if (
        answer.documents.join('\n') !== values.map((value) => formOf(value, isTyped(reader))).join('\n')
      )
        faults.push(`${what}: ${reader} reads something else:\n${text}`);
    }
  }
  return faults;
}
