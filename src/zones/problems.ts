import type { AnyGroup } from '../api/index.ts';
import { byKind } from '../components/index.ts';
import { formatPath, type Origin, type Path, type Problem, type Subject } from '../problem/index.ts';
import { textAt } from '../yaml/index.ts';
import { writtenPath } from './paths.ts';
import type { PlainGroup } from './plain-groups.ts';

/** What a plain group was made from. */
export interface Made {
  readonly written: Subject<AnyGroup>;
  readonly plain: PlainGroup;
}

/**
 * Tells problems of plain groups at the lines of those that they were made from, each once: what is wrong in one zone is
 * mostly wrong in all of them.
 */
export class Retold {
  private readonly made = new Map<Origin, Made>();
  private readonly written = new Set<Origin>();
  private readonly said = new Set<string>();

  add(origin: Origin, made: Made): void {
    this.made.set(origin, made);
    this.written.add(made.written.origin);
  }

  /** Takes problems as told that were found before. */
  addTold(problems: readonly Problem[]): void {
    for (const problem of problems) this.retell(problem);
  }

  /** The problem as it is told; undefined if it has been. */
  retell(problem: Problem): Problem | undefined {
    const { origin } = problem;
    const made = origin && this.made.get(origin);
    if (made === undefined) {
      // In a zone the same is wrong with other numbers.
      if (origin && this.written.has(origin)) this.said.add(placeOf(origin, problem));
      return problem;
    }
    const told = retold(problem, made);
    const place = placeOf(made.written.origin, told);
    const key = `${place} ${told.message}`;
    if (this.said.has(place) || this.said.has(key)) return undefined;
    this.said.add(key);
    return told;
  }
}

function placeOf(origin: Origin, { code, path = [] }: Problem): string {
  const { kind, namespace, name } = origin.id;
  return JSON.stringify([kind, namespace, name, code, path]);
}

function retold(problem: Problem, { written, plain }: Made): Problem {
  const { path: before = [], spot } = problem;
  const { object, origin } = written;
  const path = writtenPath(before, plain, byKind[object.kind], object.spec);
  return {
    ...problem,
    origin,
    path,
    message: retoldText(problem.message, plain).replaceAll(quoted(before), quoted(path)),
    // The text of a config that has more labels has other lines.
    spot: plain.labels.length > 0 ? undefined : spot,
  };
}

function quoted(path: Path): string {
  return `\`${formatPath(path)}\``;
}

const REPLICAS = quoted(['spec', 'replicas']);

/** Nobody has written the name of a group in a zone. */
function retoldText(message: string, { object, zone }: PlainGroup): string {
  if (zone === undefined) return message;
  const name = `"${textAt(object, 'metadata', 'name')}"`;
  // The number of the group itself is that of all zones.
  const ofZone = message.replaceAll(REPLICAS, `the number of servers in its zone "${zone.spec.name}"`);
  if (zone.spec.keepsName || !message.includes(name)) return ofZone;
  return `${ofZone} (${name} is the group in its zone "${zone.spec.name}")`;
}
