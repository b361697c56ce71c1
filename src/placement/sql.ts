import { counted, listed, visible } from '../text/index.ts';
import { constraintText } from './constraint.ts';
import { type Policy, storeCount } from './policy.ts';

/** Policies as statements that can be run again and again. */
export function policySql(cluster: string, policies: readonly Policy[]): string {
  const head = comment(
    `Policies for the groups of ${cluster}. To run them takes the privilege PLACEMENT_ADMIN.`,
  );
  return `${head}\n${policies.map(statements).join('\n')}`;
}

function statements({ name, groups, constraints, followers, survival }: Policy): string {
  const count = storeCount(groups);
  const stores = count === undefined ? 'its stores' : counted(count, 'store');
  const title = `${groups[0].kind} ${listed(groups.map((group) => group.name))}`;
  const options = [
    `CONSTRAINTS=${text(`[${constraints.map(constraintText).join(', ')}]`)}`,
    `FOLLOWERS=${followers}`,
    ...(survival.length > 0 ? [`SURVIVAL_PREFERENCES=${text(`[${survival.join(', ')}]`)}`] : []),
  ].join(' ');
  const policy = identifier(name);
  return [
    comment(`${title}, ${stores}: ALTER TABLE t PLACEMENT POLICY = ${policy}`),
    `CREATE PLACEMENT POLICY IF NOT EXISTS ${policy} ${options};`,
    // Where the policy was there, it may be another one.
    `ALTER PLACEMENT POLICY ${policy} ${options};`,
    '',
  ].join('\n');
}

/** One line, whatever the text holds. */
function comment(words: string): string {
  return `-- ${visible(words)}`;
}

function identifier(name: string): string {
  return `\`${visible(name).replaceAll('`', '``')}\``;
}

/** The same in every SQL mode: what a backslash means depends on it, and there is none in labels. */
function text(value: string): string {
  return `'${visible(value).replaceAll('\\', '').replaceAll("'", "''")}'`;
}
