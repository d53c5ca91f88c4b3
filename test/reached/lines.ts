/** Which lines of a source have run, by what V8 has counted (NODE_V8_COVERAGE). Node takes types out without moving a character. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The lines of a file that hold code, and those of them that have run; counted from 1. */
export interface FileLines {
  readonly file: string;
  readonly all: readonly number[];
  readonly run: ReadonlySet<number>;
}

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

interface Dump {
  readonly result: readonly { readonly url: string; readonly functions: readonly { readonly ranges: Range[] }[] }[];
}

/** A statement that does something; what only declares has no code. */
function isCode(node: ts.Node): boolean {
  if (ts.isBlock(node) || ts.isEmptyStatement(node)) return false;
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return false;
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return false;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return false;
  if (ts.isArrowFunction(node.parent) && node.parent.body === node) return true;
  return ts.isStatement(node);
}

/** Where the statements of a source begin. */
function statementsOf(file: string, text: string): readonly { readonly offset: number; readonly line: number }[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: { offset: number; line: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (node.parent !== undefined && isCode(node)) {
      const offset = node.getStart(source);
      found.push({ offset, line: source.getLineAndCharacterOfPosition(offset).line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether the code at an offset has run: the innermost range that holds it says so. */
function hasRun(functions: Dump['result'][number]['functions'], offset: number): boolean {
  let innermost: Range | undefined;
  for (const { ranges } of functions) {
    for (const range of ranges) {
      if (offset < range.startOffset || offset >= range.endOffset) continue;
      if (!innermost || range.endOffset - range.startOffset <= innermost.endOffset - innermost.startOffset)
        innermost = range;
    }
  }
  return innermost !== undefined && innermost.count > 0;
}

function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => path.join(folder, name))
    .toSorted();
}

/** A process that was killed while it wrote has left half a dump, which counts for nothing. */
function dumpIn(file: string): Dump['result'] {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as Dump).result;
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** Unites what every process has written into `dumps`, for all sources below a folder. */
export function linesRun(folder: string, dumps: string): readonly FileLines[] {
  const files = new Map(
    sourcesBelow(folder).map((file) => [
      file,
      { statements: statementsOf(file, readFileSync(file, 'utf8')), run: new Set<number>() },
    ]),
  );
  for (const name of readdirSync(dumps)) {
    for (const { url, functions } of dumpIn(path.join(dumps, name))) {
      if (!url.startsWith('file:')) continue;
      const measured = files.get(fileURLToPath(url.replace(/\?.*/, '')));
      if (!measured) continue;
      for (const { offset, line } of measured.statements)
        if (!measured.run.has(line) && hasRun(functions, offset)) measured.run.add(line);
    }
  }
  return [...files].map(([file, { statements, run }]) => ({
    file,
    all: [...new Set(statements.map(({ line }) => line))].toSorted((left, right) => left - right),
    run,
  }));
}
