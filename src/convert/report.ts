import { type Code, Field, formatPath, type Path, type Problems } from '../problem/index.ts';
import type { Section } from './section.ts';

/** Where it is said what becomes of a field. What several groups inherit is said once. */
export class Report {
  private readonly said = new Set<string>();

  constructor(private readonly problems: Problems) {}

  /** A field that has no counterpart. */
  lost(section: Section, path: Path, why: string): void {
    const behind = why === '' ? '' : `: ${why}`;
    this.add(
      'convert-lost',
      section,
      path,
      `has no counterpart in TiDB Operator v2, and is left out${behind}`,
      'key',
    );
  }

  /** A field that means something else. */
  changed(section: Section, path: Path, how: string): void {
    this.add('convert-changed', section, path, `is not quite the same in TiDB Operator v2: ${how}`, 'key');
  }

  /** Something that TiDB Operator v2 would not take. */
  refused(section: Section, path: Path, why: string): void {
    this.add('convert-refused', section, path, why, 'value');
  }

  /** A field that holds a config. */
  at({ item, path: above }: Section, path: Path): Field {
    return new Field(item, this.problems).to(...above, ...path);
  }

  private add(code: Code, section: Section, path: Path, message: string, part: 'key' | 'value'): void {
    const full = [...section.path, ...path];
    const { item } = section;
    const key = JSON.stringify([code, item.kind, item.namespace, item.name, full]);
    if (this.said.has(key)) return;
    this.said.add(key);
    this.problems.add(code, item, full, `\`${formatPath(full)}\` ${message}`, part);
  }
}
