import { generatorOf, outputSchema } from './generator.ts';

/** What `list --output json` prints, as a JSON Schema: made from the types of the system, so that it stays up to date. */
export function writeListSchema(root: string): string {
  const { definitions = {} } = generatorOf(root, 'src/system/index.ts').createSchema('System');
  const { System: system, ...others } = definitions;
  if (typeof system !== 'object') throw new Error('the schema of System must be an object');
  return outputSchema('list', 'src/system', system, others);
}
