import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';
import ts from 'typescript';
import { BLOCKS } from './block-count.ts';

/** The first statement of each file of the code. */
export const BANNER = `globalThis.${BLOCKS} ??= new Float64Array(1);`;

const COUNT = `${BLOCKS}[0]++`;

/**
 * Has all code count its blocks: bodies of functions and of loops, branches, and the right sides of `&&`, `||` and `??`.
 * V8 counts them too, but reading its counts takes as long as most of what is counted. Code that counts is not counted.
 */
export function countsBlocks(): Plugin {
  return {
    name: 'counts-blocks',
    setup({ onLoad }) {
      onLoad({ filter: /\.(?:ts|m?js)$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        const isOwn = /[\\/]steps[\\/][^\\/]*$/.test(path);
        return { contents: isOwn ? text : counting(path, text), loader: path.endsWith('.ts') ? 'ts' : 'js' };
      });
    },
  };
}

function counting(path: string, text: string): string {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return written(file);

  function written(node: ts.Node): string {
    let inner = '';
    let at = node.pos;
    ts.forEachChild(node, (part) => {
      inner += text.slice(at, part.pos) + (isBranch(part) ? counted(part) : written(part));
      at = part.end;
    });
    return inner + text.slice(at, node.end);
  }

  /** A branch with its count, between the comments before it and what follows. */
  function counted(node: ts.Node): string {
    const before = text.slice(node.pos, node.getStart(file));
    const whole = written(node).slice(before.length);
    if (ts.isBlock(node)) return `${before}{${COUNT};${whole.slice(1)}`;
    return before + (ts.isStatement(node) ? `{${COUNT};${whole}}` : `(${COUNT},${whole})`);
  }
}

function isBranch(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isBlock(node)) return true;
  if (ts.isIterationStatement(parent, false)) return parent.statement === node;
  if (ts.isIfStatement(parent)) return parent.thenStatement === node || parent.elseStatement === node;
  if (ts.isArrowFunction(parent)) return parent.body === node;
  if (ts.isConditionalExpression(parent)) return parent.whenTrue === node || parent.whenFalse === node;
  return ts.isBinaryExpression(parent) && parent.right === node && isLogical(parent.operatorToken.kind);
}

function isLogical(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken
  );
}
