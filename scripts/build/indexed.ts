import { readFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import type { Plugin } from 'esbuild';
import ts from 'typescript';

/**
 * Compiles loops over arrays, and array patterns, into access by index. A process lives for milliseconds, in which V8
 * interprets all code. There each step of an iterator costs a call and an object: a fifth of the memory for expanding
 * ten resources, and a tenth of the time. The types tell which values are arrays; loops over anything else stay as
 * they are.
 *
 * Throws if the config has errors or leaves out a file of the project: without types, the file would silently stay as
 * it is. Only packages may.
 */
export function indexed(configFile = 'tsconfig.json'): Plugin {
  return {
    name: 'indexed',
    setup({ onLoad }) {
      const { fileNames, options } = configuration(resolve(configFile));
      const program = ts.createProgram(fileNames.filter(isBuilt), options);
      onLoad({ filter: /\.ts$/ }, ({ path }) => ({ contents: contentsOf(path, program), loader: 'ts' }));
    },
  };
}

/** Tests are no part of any program, and more text than all that is. */
function isBuilt(file: string): boolean {
  return !file.endsWith('.test.ts');
}

function configuration(file: string): ts.ParsedCommandLine {
  const { config, error } = ts.readConfigFile(file, ts.sys.readFile);
  if (error !== undefined) throw new Error(textOf([error]));
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, dirname(file));
  if (parsed.errors.length > 0) throw new Error(textOf(parsed.errors));
  return parsed;
}

function textOf(diagnostics: readonly ts.Diagnostic[]): string {
  return ts.formatDiagnostics(diagnostics, {
    getCurrentDirectory: ts.sys.getCurrentDirectory,
    getCanonicalFileName: (name) => name,
    getNewLine: () => '\n',
  });
}

function contentsOf(path: string, program: ts.Program): string {
  const file = program.getSourceFile(path);
  if (file !== undefined) return new Indexer(file, program).text();
  if (path.split(sep).includes('node_modules')) return readFileSync(path, 'utf8');
  throw new Error(`${path} must be a file of the project in tsconfig.json, because its types are needed`);
}

/** Rewrites one file. */
class Indexer {
  private readonly checker: ts.TypeChecker;
  private loops = 0;

  constructor(
    private readonly file: ts.SourceFile,
    program: ts.Program,
  ) {
    this.checker = program.getTypeChecker();
  }

  text(): string {
    return this.written(this.file);
  }

  /** The text of a node, including the trivia before it. */
  private written(node: ts.Node): string {
    const before = this.file.text.slice(node.pos, node.getStart(this.file));
    if (ts.isForOfStatement(node) && this.isOverArray(node)) return before + this.loop(node);
    if (ts.isArrayBindingPattern(node) && this.hasPlainElements(node)) return before + this.pattern(node);
    return this.withParts(node);
  }

  private withParts(node: ts.Node): string {
    let text = '';
    let at = node.pos;
    ts.forEachChild(node, (part) => {
      text += this.file.text.slice(at, part.pos) + this.written(part);
      at = part.end;
    });
    return text + this.file.text.slice(at, node.end);
  }

  private isOverArray({ expression, initializer, awaitModifier }: ts.ForOfStatement): boolean {
    return (
      awaitModifier === undefined &&
      ts.isVariableDeclarationList(initializer) &&
      this.isArray(this.checker.getTypeAtLocation(expression))
    );
  }

  /** Reads the length in each iteration, as an iterator does. */
  private loop({ initializer, expression, statement }: ts.ForOfStatement): string {
    const number = this.loops++;
    const [list, index] = [`list$${number}`, `index$${number}`];
    const head = `let ${list} = (${this.written(expression)}), ${index} = 0; ${index} < ${list}.length; ${index}++`;
    return `for (${head}) { ${this.written(initializer)} = ${list}[${index}]; ${this.written(statement)} }`;
  }

  private hasPlainElements(pattern: ts.ArrayBindingPattern): boolean {
    return (
      this.isArray(this.checker.getTypeAtLocation(pattern)) &&
      pattern.elements.every((element) => ts.isOmittedExpression(element) || !element.dotDotDotToken)
    );
  }

  /** `[first, , third = 3]` as `{ 0: first, 2: third = 3 }`. */
  private pattern({ elements }: ts.ArrayBindingPattern): string {
    const properties = elements.flatMap((element, index) =>
      ts.isOmittedExpression(element) ? [] : `${index}: ${this.written(element).trim()}`,
    );
    return `{ ${properties.join(', ')} }`;
  }

  private isArray(type: ts.Type): boolean {
    const its = this.checker.getBaseConstraintOfType(type) ?? type;
    if (its.isUnion()) return its.types.every((one) => this.isArray(one));
    return this.checker.isArrayType(its) || this.checker.isTupleType(its);
  }
}
