import { type ChangedField, type Danger, type Plan, titleOf, type WorkloadChange } from '../plan/index.ts';
import { visible } from '../text/index.ts';
import { code, escaped, fold, inline, table } from './markdown.ts';
import {
  changesBeside,
  changeText,
  confirmations,
  headline,
  isQuiet,
  movesText,
  rollText,
  sentence,
  valueText,
  verdictText,
} from './plan-words.ts';

/** For a comment on a pull request: the summary first, then the dangers, everything else collapsed. */
export function planMarkdown(plan: Plan): string {
  const { verdict, dangers, restarts } = plan;
  const sign = verdict === 'dangerous' ? '⛔ ' : verdict === 'changed' ? '🔄 ' : '✅ ';
  const changed = plan.workloads.filter((change) => !isQuiet(change));
  const blocks = [
    `### ${sign}${escaped(headline(plan))}`,
    changed.length === 0
      ? ''
      : table(
          ['Workload', 'What happens', 'Because of'],
          changed.map((change) => [code(change.workload), escaped(verdictText(change)), because(change)]),
        ),
    ...dangers.map(dangerBlock),
    confirmBlock(plan),
    restarts.length === 0 ? '' : fold('Restarts, in order', restartList(plan)),
    ...changed.filter(hasDetail).map((change) => fold(change.workload, detail(change))),
    clusterBlock(plan),
    besideBlock(plan),
    quietBlock(plan),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const MOST_REASONS = 5;

/** The fields that restart the pods, or else those that are refused, or else those that do anything. */
function because({ fields }: WorkloadChange): string {
  const acting = (['restart', 'refused', 'in-place'] as const)
    .map((one) => fields.filter(({ effect }) => effect === one))
    .find(({ length }) => length > 0);
  const named = (acting ?? []).map(({ field }) => code(field));
  const more = named.length - MOST_REASONS;
  return named.slice(0, MOST_REASONS).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function dangerBlock(danger: Danger): string {
  const moves = movesText(danger);
  const about = danger.workloads.map(code).join(', ');
  const steps = danger.instead.map((step, index) => `${index + 1}. ${inline(step)}`).join('\n');
  return [
    `**⛔ ${danger.code}** · ${about}${moves === '' ? '' : ` · ${escaped(moves)}`}${danger.confirmed ? ' · confirmed' : ''}`,
    inline(sentence(danger.message)),
    fold('What to do instead', steps),
  ].join('\n\n');
}

/** What a guarded render asks for, to be copied. */
function confirmBlock(plan: Plan): string {
  const blocks = confirmations(plan).map(
    ({ where, line }) =>
      `In ${code(where)}:\n\n\`\`\`yaml\nmetadata:\n  annotations:\n    ${visible(line)}\n\`\`\``,
  );
  return blocks.length === 0 ? '' : fold('How to confirm it, if you mean all of this', blocks.join('\n\n'));
}

function restartList({ restarts }: Plan): string {
  return restarts
    .map(({ lanes }, index) => {
      const texts = lanes.map((lane) => escaped(lane.map(rollText).join('; then ')));
      return `${index + 1}. ${texts.join('  \n   at the same time ')}`;
    })
    .join('\n');
}

function hasDetail({ fields, volumes, config, notes }: WorkloadChange): boolean {
  return fields.length + volumes.length + config.length + notes.length > 0;
}

const EFFECTS = {
  refused: '**refused**',
  restart: '**restart**',
  'in-place': 'in place',
  kept: 'kept as it is',
  none: 'none',
} as const;

function detail({ owner, fields, volumes, config, notes }: WorkloadChange): string {
  const own = titleOf(owner);
  return [
    fieldTable(fields, own),
    volumes.length === 0
      ? ''
      : table(
          ['Volume', 'Verdict', 'Old', 'New'],
          volumes.map(({ volume, verdict, old, new: now }) => [
            code(volume),
            verdict,
            code(`${old?.size ?? '–'} ${old?.storageClass ?? ''}`.trim()),
            code(`${now?.size ?? '–'} ${now?.storageClass ?? ''}`.trim()),
          ]),
        ),
    config.length === 0
      ? ''
      : table(
          ['Config key', 'Old', 'New', 'Taken'],
          config.map(({ key, old, new: now, takes, statement }) => [
            code(key),
            code(valueText(old)),
            code(valueText(now)),
            takes === 'restart'
              ? 'at a restart'
              : takes === 'reload'
                ? 'from the file, without a restart'
                : `${takes === 'sql' ? 'online' : 'not from the file'}${statement === undefined ? '' : `: ${code(statement)}`}`,
          ]),
        ),
    notes.map((note) => `- ${inline(sentence(note))}`).join('\n'),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

function fieldTable(fields: readonly ChangedField[], own: string | undefined): string {
  if (fields.length === 0) return '';
  return table(
    ['Field', 'Old', 'New', 'Effect'],
    fields.map(({ of, field, old, new: now, effect }) => [
      `${code(field)}${own === undefined || of === own ? '' : ` of ${code(of)}`}`,
      code(valueText(old)),
      code(valueText(now)),
      EFFECTS[effect],
    ]),
  );
}

function clusterBlock({ clusterFields }: Plan): string {
  return clusterFields.length === 0
    ? ''
    : fold('Fields of all components', fieldTable(clusterFields, undefined));
}

function besideBlock(plan: Plan): string {
  const changes = changesBeside(plan);
  const lines = changes.map((change) => `- ${code(titleOf(change.resource))}: ${changeText(change)}`);
  return lines.length === 0 ? '' : fold('Beside the workloads', lines.join('\n'));
}

function quietBlock({ workloads }: Plan): string {
  const quiet = workloads.filter(isQuiet);
  if (quiet.length === 0) return '';
  return fold(`${quiet.length} unchanged`, quiet.map(({ workload }) => `- ${code(workload)}`).join('\n'));
}
