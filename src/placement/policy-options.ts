import { show } from '../text/index.ts';
import { Refused } from './constraint.ts';
import type { PolicyStatement } from './read-sql.ts';

/** What is wrong with a placement policy, and where in the text of SQL. */
export interface PolicyFault {
  readonly code: 'policy-constraint' | 'policy-stores';
  readonly message: string;
  readonly offset: number;
}

/** The options of a policy as they are written, and what is wrong with them. */
export class PolicyOptions {
  readonly faults: PolicyFault[] = [];

  constructor(protected readonly statement: PolicyStatement) {}

  protected readOption<Read>(option: string, reader: (text: string) => Read): Read | undefined {
    const written = this.statement.options.get(option);
    if (written === undefined || written.value.trim() === '') return undefined;
    try {
      return reader(written.value);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused(written.offset, `has ${option}=${show(written.value)}, which ${error.message}`);
      return undefined;
    }
  }

  protected text(option: string): string {
    return this.statement.options.get(option)?.value ?? '';
  }

  protected count(option: string): number | undefined {
    const text = this.text(option);
    return text === '' || Number(text) === 0 ? undefined : Number(text);
  }

  protected at(option: string): number {
    return this.statement.options.get(option)?.offset ?? this.statement.offset;
  }

  protected refused(offset: number, what: string): void {
    this.add('policy-constraint', offset, what);
  }

  add(code: PolicyFault['code'], offset: number, what: string): void {
    this.faults.push({ code, offset, message: `the placement policy ${show(this.statement.name)} ${what}` });
  }
}
