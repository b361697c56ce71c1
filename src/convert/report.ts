import type { Placed } from '../config/index.ts';
import { type Code, formatPath, type Path, type Problems } from '../problem/index.ts';
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

  /** A key of a config that v2 does not take. */
  configKey({ item }: Section, { path, message, part, spot }: Placed): void {
    this.problems.add('convert-lost', item, path, message, part, spot);
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
