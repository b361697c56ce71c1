import type { System } from '../system/index.ts';
import { jsonText } from './json-text.ts';

/** For programs: the whole system; docs/list.schema.json describes it. */
export function listJson(system: System): string {
  return jsonText(system);
}
