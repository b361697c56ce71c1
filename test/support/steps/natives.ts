/**
 * Counts what JavaScript's own functions do inside, which coverage does not see: a step for each item or character that
 * they visit. They are replaced in the whole process, so this needs its own process.
 */

let steps = 0;

export function nativeSteps(): number {
  return steps;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** How much a call has done, by what it was given and what came out. */
type Measure = (length: number, result: unknown, args: readonly unknown[]) => number;

function count(owner: object, names: readonly string[], measure: Measure): void {
  for (const name of names) {
    const original: unknown = Reflect.get(owner, name);
    if (typeof original !== 'function') throw new Error(`there is no ${name}`);
    const counted: Method = function (...args) {
      const length = sizeOf(this);
      const result: unknown = original.apply(this, args);
      steps += measure(length, result, args);
      return result;
    };
    Object.defineProperty(owner, name, { value: counted, writable: true, configurable: true });
  }
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.length;
  return 'length' in value && typeof value.length === 'number' ? value.length : 0;
}

const all: Measure = (length) => length;
const made: Measure = (_, result) => sizeOf(result);

/** Up to where something was found. */
const upTo: Measure = (length, result, [, from]) => {
  const start = typeof from === 'number' ? from : 0;
  if (typeof result === 'number' && result >= 0) return Math.abs(result - start) + 1;
  return Math.max(0, length - start);
};

const KEYED: Measure = (_, __, args) => args.reduce<number>((sum, value) => sum + keysOf(value), 0);
function keysOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? Reflect.ownKeys(value).length : 0;
}

export function countNatives(): void {
  count(Array.prototype, ['slice', 'concat', 'splice', 'flat'], made);
  count(Array.prototype, ['reverse', 'sort', 'fill', 'join', 'shift', 'unshift', 'includes'], all);
  count(Array.prototype, ['indexOf', 'lastIndexOf'], upTo);
  countPush();
  for (const iterator of [[].values(), new Map().entries(), new Set().values()]) countNext(iterator);
  count(String.prototype, ['indexOf', 'lastIndexOf'], upTo);
  count(
    String.prototype,
    ['split', 'replace', 'replaceAll', 'match', 'search', 'localeCompare', 'toLowerCase'],
    all,
  );
  count(String.prototype, ['includes'], (length, result) => (result === true ? 1 : length));
  count(String.prototype, ['trim', 'trimStart', 'trimEnd'], (length, result) => length - sizeOf(result) + 1);
  count(String.prototype, ['repeat', 'padStart', 'padEnd'], made);
  countExec();
  count(Object, ['keys', 'values', 'entries'], made);
  count(Object, ['assign'], KEYED);
  count(Object, ['fromEntries'], (_, result) => keysOf(result));
  count(JSON, ['stringify'], made);
  count(JSON, ['parse'], (_, __, [text]) => sizeOf(text));
  count(Buffer.prototype, ['toString'], made);
  count(Buffer.prototype, ['indexOf'], upTo);
  count(Buffer.prototype, ['includes'], (length, result) => (result === true ? 1 : length));
  count(Buffer, ['from', 'concat'], made);
}

/** This one and the next are called more often than all others together. */
function countPush(): void {
  const { push } = Array.prototype;
  Array.prototype.push = function (...items: unknown[]) {
    steps += items.length;
    return push.apply(this, items);
  };
}

function countNext(iterator: Iterator<unknown>): void {
  const prototype: Iterator<unknown> = Object.getPrototypeOf(iterator);
  const { next } = prototype;
  prototype.next = function () {
    steps++;
    return next.call(this);
  };
}

/** From where the search starts to the end of the match; a sticky pattern that does not match takes one step. */
function countExec(): void {
  const { exec } = RegExp.prototype;
  RegExp.prototype.exec = function (text) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const result = exec.call(this, text);
    if (result !== null) steps += result.index + result[0].length - from + 1;
    else steps += this.sticky ? 1 : Math.max(1, text.length - from);
    return result;
  };
}
