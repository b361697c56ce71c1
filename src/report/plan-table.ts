import { type ChangedField, type Danger, type Plan, titleOf, type WorkloadChange } from '../plan/index.ts';
import { visible } from '../text/index.ts';
import type { Value } from '../yaml/index.ts';
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
import { type Line, type Painted, terminalText } from './terminal.ts';
import { widthOf } from './width.ts';

export interface TableOptions {
  readonly colors: boolean;
}

const STYLES = { danger: '1;31', strong: '1', dim: '2', old: '31', new: '32', note: '33' } as const;

function paint(style: keyof typeof STYLES, text: string): Painted {
  return { text, style: STYLES[style] };
}

/** For people at a terminal: the dangers, then each workload with what was changed, then the order of restarts. */
export function planTable(plan: Plan, { colors }: TableOptions): string {
  const blocks: readonly Line[][] = [
    [[paint('strong', headline(plan))]],
    ...plan.dangers.map(dangerLines),
    confirmLines(plan),
    workloadLines(plan),
    clusterLines(plan),
    restartLines(plan),
    otherLines(plan),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => terminalText(lines, colors))
    .join('\n');
}

function dangerLines(danger: Danger): Line[] {
  const moves = movesText(danger);
  const about = `${danger.workloads.join(', ')}${moves === '' ? '' : `, ${moves}`}`;
  return [
    [paint('danger', `DANGER ${danger.code}`), `  ${about}`],
    ...wrapped(sentence(danger.message), '  '),
    ['  Instead:'],
    ...danger.instead.flatMap((step, index) => wrapped(step, '     ', `  ${index + 1}. `)),
    ...(danger.confirmed
      ? [['  ', paint('dim', `Confirmed in ${danger.confirmIn || 'another resource'}.`)]]
      : []),
  ];
}

/** What a guarded render asks for. */
function confirmLines(plan: Plan): Line[] {
  return confirmations(plan).flatMap(({ where, line }): Line[] => [
    [`If you mean it, annotate ${where} (metadata.annotations):`],
    ['  ', paint('strong', line)],
  ]);
}

const WIDTH = 100;

/** Lines of at most so many columns; what is longer is alone, and a command is in one piece, to be copied. */
function wrapped(text: string, indent: string, first = indent): Line[] {
  const lines: Line[] = [];
  let line = first;
  let isEmpty = true;
  for (const [word] of visible(text).matchAll(/(?:`[^`]*`|[^\s`]|`)+/g)) {
    if (!isEmpty && widthOf(line) + 1 + widthOf(word) > WIDTH) {
      lines.push([line]);
      line = indent;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, [line]];
}

function workloadLines({ workloads }: Plan): Line[] {
  const changed = workloads.filter((change) => !isQuiet(change));
  const quiet = workloads.filter(isQuiet).map(({ workload }) => workload);
  const width = changed.reduce((most, { workload }) => Math.max(most, widthOf(visible(workload))), 0);
  const lines = changed.flatMap((change): Line[] => {
    const pad = ' '.repeat(width - widthOf(visible(change.workload)));
    return [
      [paint('strong', change.workload), `${pad}  ${verdictText(change)}`],
      ...change.fields.map((field): Line => ['  ', ...fieldParts(field, change.owner)]),
      ...change.volumes.map((volume): Line => [`  ${volumeText(volume)}`]),
      ...change.config.map((key): Line => ['  config ', ...configParts(key)]),
      ...change.notes.flatMap((note) => wrapped(sentence(note), '    ', '  ')),
    ];
  });
  return quiet.length === 0 ? lines : [...lines, ...wrapped(`unchanged: ${quiet.join(', ')}`, '  ', '')];
}

function volumeText({ volume, verdict, old, new: now }: WorkloadChange['volumes'][number]): string {
  const sizes = old && now ? `${old.size || 'no size'} → ${now.size || 'no size'}` : `${(now ?? old)?.size}`;
  const isMoved = verdict === 'moved';
  const classes = isMoved ? `, class ${valueText(old?.storageClass)} → ${valueText(now?.storageClass)}` : '';
  return `volume ${volume} ${verdict}: ${sizes}${classes}`;
}

function configParts({ key, old, new: now, takes, statement }: WorkloadChange['config'][number]): Line {
  const taken =
    takes === 'restart'
      ? 'read at a restart'
      : takes === 'reload'
        ? 'read from the file, without a restart'
        : takes === 'sql-only'
          ? `not read from the file: ${statement ?? 'use pd-ctl'}`
          : `taken online: ${statement ?? 'by a statement'}`;
  return [`${key}: `, ...changeParts(old, now), '  ', paint('dim', taken)];
}

function changeParts(old: Value | undefined, now: Value | undefined): Line {
  return [paint('old', valueText(old)), ' → ', paint('new', valueText(now))];
}

const EFFECTS = {
  refused: 'refused by Kubernetes',
  restart: 'restarts the pods',
  'in-place': 'in place',
  kept: 'keeps what it has',
  none: 'no effect',
} as const;

function fieldParts(
  { of, field, old, new: now, effect }: ChangedField,
  owner: WorkloadChange['owner'] | undefined,
): Line {
  const own = owner !== undefined && of === titleOf(owner);
  const where = own || owner === undefined ? '' : ` of ${of}`;
  return [`${field}${where}: `, ...changeParts(old, now), '  ', paint('dim', EFFECTS[effect])];
}

function clusterLines({ clusterFields }: Plan): Line[] {
  const titles = [...new Set(clusterFields.map(({ of }) => of))];
  return titles.flatMap((title): Line[] => [
    [paint('strong', title), '  fields of all components'],
    ...clusterFields
      .filter(({ of }) => of === title)
      .map(({ field, old, new: now }): Line => [`  ${field}: `, ...changeParts(old, now)]),
  ]);
}

function restartLines({ restarts }: Plan): Line[] {
  if (restarts.length === 0) return [];
  const steps = restarts.flatMap(({ lanes }, index) =>
    lanes.map((lane, position) => {
      const first = position === 0 ? `  ${index + 1}. ` : '     ';
      const meanwhile = position === 0 ? '' : 'at the same time ';
      return { first, text: `${meanwhile}${lane.map(rollText).join('; then ')}` };
    }),
  );
  return [
    [paint('strong', 'Restarts, one pod after another:')],
    ...steps.flatMap(({ first, text }) => wrapped(text, '       ', first)),
  ];
}

/** What changes beside the workloads; where these say nothing, every resource: annotations of a TidbCluster, mostly. */
function otherLines(plan: Plan): Line[] {
  const { resources, workloads, clusterFields, verdict } = plan;
  const isSaid = clusterFields.length > 0 || workloads.some((change) => !isQuiet(change));
  if (verdict === 'unchanged') return [];
  return (isSaid ? changesBeside(plan) : resources).map((change) => [
    `${titleOf(change.resource)}: ${changeText(change)}`,
  ]);
}
