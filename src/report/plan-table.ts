import { type ChangedField, type Danger, type Plan, titleOf, type WorkloadChange } from '../plan/index.ts';
import {
  confirmations,
  headline,
  isQuiet,
  movesText,
  rollText,
  sentence,
  valueText,
  verdictText,
  visible,
} from './plan-words.ts';
import { widthOf } from './width.ts';

export interface TableOptions {
  readonly colors: boolean;
}

const STYLES = { danger: '1;31', strong: '1', dim: '2', old: '31', new: '32', note: '33' } as const;

type Paint = (style: keyof typeof STYLES, text: string) => string;

/** For people at a terminal: the dangers, then each workload with what was changed, then the order of restarts. */
export function planTable(plan: Plan, { colors }: TableOptions): string {
  const paint: Paint = (style, text) =>
    colors ? `\u001b[${STYLES[style]}m${visible(text)}\u001b[0m` : visible(text);
  const blocks = [
    [paint('strong', headline(plan))],
    ...plan.dangers.map((danger) => dangerLines(danger, paint)),
    confirmLines(plan, paint),
    workloadLines(plan, paint),
    clusterLines(plan, paint),
    restartLines(plan, paint),
    otherLines(plan),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function dangerLines(danger: Danger, paint: Paint): string[] {
  const moves = movesText(danger);
  const about = `${danger.workloads.join(', ')}${moves === '' ? '' : `, ${moves}`}`;
  return [
    `${paint('danger', `DANGER ${danger.code}`)}  ${visible(about)}`,
    ...wrapped(sentence(danger.message), '  '),
    '  Instead:',
    ...danger.instead.flatMap((step, index) => wrapped(step, '     ', `  ${index + 1}. `)),
    ...(danger.confirmed
      ? [`  ${paint('dim', `Confirmed in ${danger.confirmIn || 'another resource'}.`)}`]
      : []),
  ];
}

/** What a guarded render asks for. */
function confirmLines(plan: Plan, paint: Paint): string[] {
  return confirmations(plan).flatMap(({ where, line }) => [
    `If this is meant, annotate ${visible(where)} (metadata.annotations):`,
    `  ${paint('strong', line)}`,
  ]);
}

const WIDTH = 100;

/** Lines of at most so many columns; what is longer is alone, and a command is in one piece, to be copied. */
function wrapped(text: string, indent: string, first = indent): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const [word] of visible(text).matchAll(/(?:`[^`]*`|[^\s`])+/g)) {
    if (!isEmpty && widthOf(line) + 1 + widthOf(word) > WIDTH) {
      lines.push(line);
      line = indent;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

function workloadLines({ workloads }: Plan, paint: Paint): string[] {
  const changed = workloads.filter((change) => !isQuiet(change));
  const quiet = workloads.filter(isQuiet).map(({ workload }) => workload);
  const width = Math.max(0, ...changed.map(({ workload }) => widthOf(visible(workload))));
  const lines = changed.flatMap((change) => {
    const pad = ' '.repeat(width - widthOf(visible(change.workload)));
    return [
      `${paint('strong', change.workload)}${pad}  ${verdictText(change)}`,
      ...change.fields.map((field) => `  ${fieldLine(field, change.owner, paint)}`),
      ...change.volumes.map(({ volume, verdict, old, new: now }) => {
        const from =
          old && now ? ` ${old.size || 'no size'} → ${now.size || 'no size'}` : ` ${(now ?? old)?.size}`;
        const classes =
          verdict === 'moved'
            ? `, class ${valueText(old?.storageClass)} → ${valueText(now?.storageClass)}`
            : '';
        return `  ${visible(`volume ${volume} ${verdict}:${from}${classes}`)}`;
      }),
      ...change.config.map(
        ({ key, old, new: now, takes, statement }) =>
          `  config ${visible(key)}: ${paint('old', valueText(old))} → ${paint('new', valueText(now))}  ${paint('dim', takes === 'restart' ? 'read at a restart' : takes === 'sql-only' ? `not read from the file: ${statement ?? 'use pd-ctl'}` : `taken online: ${statement ?? 'by a statement'}`)}`,
      ),
      ...change.notes.flatMap((note) => wrapped(sentence(note), '    ', '  ')),
    ];
  });
  return quiet.length === 0 ? lines : [...lines, ...wrapped(`unchanged: ${quiet.join(', ')}`, '  ', '')];
}

const EFFECTS = {
  restart: 'restarts the pods',
  'in-place': 'in place',
  kept: 'keeps what it has',
  none: 'no effect',
} as const;

function fieldLine(
  { of, field, old, new: now, effect }: ChangedField,
  owner: WorkloadChange['owner'] | undefined,
  paint: Paint,
): string {
  const own = owner !== undefined && of === titleOf(owner);
  const where = own || owner === undefined ? '' : ` of ${of}`;
  return `${visible(field + where)}: ${paint('old', valueText(old))} → ${paint('new', valueText(now))}  ${paint('dim', EFFECTS[effect])}`;
}

function clusterLines({ clusterFields }: Plan, paint: Paint): string[] {
  const titles = [...new Set(clusterFields.map(({ of }) => of))];
  return titles.flatMap((title) => [
    `${paint('strong', title)}  fields of all components`,
    ...clusterFields
      .filter(({ of }) => of === title)
      .map(
        ({ field, old, new: now }) =>
          `  ${visible(field)}: ${paint('old', valueText(old))} → ${paint('new', valueText(now))}`,
      ),
  ]);
}

function restartLines({ restarts }: Plan, paint: Paint): string[] {
  if (restarts.length === 0) return [];
  const steps = restarts.flatMap(({ lanes }, index) =>
    lanes.map((lane, position) => {
      const first = position === 0 ? `  ${index + 1}. ` : '     ';
      const meanwhile = position === 0 ? '' : 'at the same time ';
      return { first, text: `${meanwhile}${lane.map(rollText).join('; then ')}` };
    }),
  );
  return [
    paint('strong', 'Restarts, one pod after another:'),
    ...steps.flatMap(({ first, text }) => wrapped(text, '       ', first)),
  ];
}

/** Resources that changed where no workload says so: annotations of a TidbCluster, mostly. */
function otherLines({ resources, workloads, clusterFields, verdict }: Plan): string[] {
  const isSaid = clusterFields.length > 0 || workloads.some((change) => !isQuiet(change));
  if (verdict === 'unchanged' || isSaid) return [];
  return resources.map(({ resource, verdict: what, leftBy = [] }) => {
    const { kind, namespace, name } = resource;
    const by = leftBy.length === 0 ? '' : ` in the cluster by ${leftBy.join(', ')}`;
    return visible(`${kind} ${namespace === '' ? '' : `${namespace}/`}${name}: ${what}${by}`);
  });
}
