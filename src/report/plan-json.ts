import type { Plan } from '../plan/index.ts';
import { jsonText } from './json-text.ts';

/** For programs: all of the plan; docs/diff.schema.json describes it. */
export function planJson(plan: Plan): string {
  return jsonText(plan);
}
