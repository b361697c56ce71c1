/** A statement that makes or changes a placement policy. */
export interface PolicyStatement {
  readonly name: string;
  /** By their names in capitals; of one that is given twice, the last counts. */
  readonly options: ReadonlyMap<string, { readonly value: string; readonly offset: number }>;
  readonly offset: number;
  /** Where TiDB would stop reading, and before what. */
  readonly broken?: { readonly offset: number; readonly token: string };
}

interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign';
  readonly value: string;
  readonly offset: number;
}

/** What begins here: a blank, a comment, a quoted text or name, a number, a word, or a sign. */
const TOKEN =
  /\s+|--(?=\s|$)[^\n]*|#[^\n]*|\/\*(?:!\d*|T!(?:\[[\w,]*\])?|M!\d*)?|\*\/|'(?:[^'\\]|\\[\s\S]|'')*'?|"(?:[^"\\]|\\[\s\S]|"")*"?|`(?:[^`]|``)*`?|\d+(?![\w$])|[\w$\u0080-\uffff]+|[\s\S]/y;

/** The options of a policy, and whether each is a number. */
const OPTIONS = new Map([
  ['PRIMARY_REGION', false],
  ['REGIONS', false],
  ['FOLLOWERS', true],
  ['VOTERS', true],
  ['LEARNERS', true],
  ['SCHEDULE', false],
  ['CONSTRAINTS', false],
  ['LEADER_CONSTRAINTS', false],
  ['FOLLOWER_CONSTRAINTS', false],
  ['VOTER_CONSTRAINTS', false],
  ['LEARNER_CONSTRAINTS', false],
  ['SURVIVAL_PREFERENCES', false],
]);

/** The statements about placement policies in a text of SQL; all others are passed over. */
export function policyStatements(sql: string): PolicyStatement[] {
  const found: PolicyStatement[] = [];
  let statement: Token[] = [];
  for (const token of tokens(sql)) {
    if (token.kind !== 'sign' || token.value !== ';') {
      statement.push(token);
      continue;
    }
    found.push(...policyIn(statement));
    statement = [];
  }
  return [...found, ...policyIn(statement)];
}

function* tokens(sql: string): Generator<Token> {
  let offset = 0;
  /** What stands in such a comment is run, by the servers that it is for. */
  let isInRunComment = false;
  while (offset < sql.length) {
    TOKEN.lastIndex = offset;
    const [part = ''] = TOKEN.exec(sql) ?? [];
    const at = offset;
    offset += Math.max(part.length, 1);
    if (part === '/*') {
      const end = sql.indexOf('*/', offset);
      offset = end < 0 ? sql.length : end + 2;
    } else if (part.startsWith('/*')) isInRunComment = true;
    else if (part === '*/' && isInRunComment) isInRunComment = false;
    else if (!/^(?:\s|--|#)/.test(part)) yield tokenOf(part, at);
  }
}

function tokenOf(part: string, offset: number): Token {
  const quote = part.charAt(0);
  if (quote === "'" || quote === '"') return { kind: 'text', value: unquoted(part, quote), offset };
  if (quote === '`') return { kind: 'name', value: part.replace(/^`|`$/g, '').replaceAll('``', '`'), offset };
  if (/^\d+$/.test(part)) return { kind: 'number', value: part, offset };
  return { kind: /^[\w$\u0080-\uffff]/.test(part) ? 'word' : 'sign', value: part, offset };
}

const ESCAPES: { readonly [letter: string]: string } = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  0: '\0',
  Z: '\x1a',
};

function unquoted(part: string, quote: string): string {
  return part
    .slice(1, part.endsWith(quote) && part.length > 1 ? -1 : undefined)
    .replaceAll(/\\([\s\S])|''|""/g, (all, escaped?: string) => {
      if (escaped === undefined) return all === quote + quote ? quote : all;
      return ESCAPES[escaped] ?? (escaped === '%' || escaped === '_' ? all : escaped);
    });
}

function policyIn(statement: readonly Token[]): PolicyStatement[] {
  const [first] = statement;
  const isCreate = is(first, 'CREATE');
  let next = 1;
  const skips = (...words: readonly string[]) => {
    if (!words.every((word, index) => is(statement[next + index], word))) return false;
    next += words.length;
    return true;
  };
  if (isCreate) skips('OR', 'REPLACE');
  if (first === undefined || !(isCreate || is(first, 'ALTER')) || !skips('PLACEMENT', 'POLICY')) return [];
  if (isCreate) skips('IF', 'NOT', 'EXISTS');
  else skips('IF', 'EXISTS');
  const name = statement[next];
  const options = new Map<string, { value: string; offset: number }>();
  const stop = (token: Token | undefined) => ({
    broken: { offset: token?.offset ?? first.offset, token: token?.value ?? '' },
  });
  // `IF` is a word of TiDB's own, of which something is missing here.
  if (name === undefined || (name.kind !== 'word' && name.kind !== 'name') || is(name, 'IF')) {
    return [{ name: '', options, offset: first.offset, ...stop(name) }];
  }
  const made = { name: name.value, options, offset: first.offset };
  next += 1;
  for (let isFirst = true; isFirst || next < statement.length; isFirst = false) {
    if (!isFirst && isSign(statement[next], ',')) next += 1;
    const word = statement[next];
    const option = word?.kind === 'word' ? word.value.toUpperCase() : '';
    const isNumber = OPTIONS.get(option);
    if (isNumber === undefined) return [{ ...made, ...stop(word) }];
    next += isSign(statement[next + 1], '=') ? 2 : 1;
    const value = statement[next];
    if (
      value?.kind !== (isNumber ? 'number' : 'text') ||
      (option === 'FOLLOWERS' && /^0+$/.test(value.value))
    ) {
      return [{ ...made, ...stop(value ?? word) }];
    }
    options.set(option, { value: value.value, offset: value.offset });
    next += 1;
  }
  return [made];
}

function is(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.value.toUpperCase() === word;
}

function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === 'sign' && token.value === sign;
}
