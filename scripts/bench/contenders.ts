import { join } from 'node:path';
import type { Tools } from './tools.ts';

/** A program that takes part: ours first, then its rivals. */
export interface Contender {
  name: string;
  /** The command that takes a ResourceList on stdin and writes one to stdout. */
  command: readonly string[];
  /** Only for programs that hold the whole list as a tree: the memory that they need for 50,000 resources. */
  gibAt50000?: number;
}

export const OURS = 'tidb-groups';
export const KYAML = 'kyaml no-op';
export const BARE_NODE = 'node -e 0';
export const CAT = 'cat';

export function contenders(root: string, tools: Tools): Contender[] {
  const kyaml = tools.kyaml === undefined ? [] : [{ name: KYAML, command: [tools.kyaml], gibAt50000: 10 }];
  return [
    { name: OURS, command: [executable(root)] },
    ...kyaml,
    { name: 'kpt-functions no-op', command: ['node', tools.kptFunctions], gibAt50000: 2 },
    { name: 'js-yaml load, dump', command: ['node', tools.jsYaml], gibAt50000: 3 },
    { name: BARE_NODE, command: ['node', '-e', '0'] },
    { name: CAT, command: ['cat'] },
  ];
}

/** The baseline for `render DIR`: any program must at least start and read the files. */
export function renderers(root: string, directory: string): Contender[] {
  return [
    { name: OURS, command: [executable(root), 'render', directory] },
    { name: BARE_NODE, command: ['node', '-e', '0'] },
    { name: CAT, command: ['sh', '-c', 'cat "$1"/*', 'sh', directory] },
  ];
}

export function executable(root: string): string {
  return join(root, 'dist', 'tidb-groups');
}
