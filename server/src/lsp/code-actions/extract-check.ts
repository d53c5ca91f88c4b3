/** Extract a named check: a selected condition becomes a declaration; what it takes from outside becomes its parameters. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { aboveComments } from '../../convert/script.ts';
import type { Span } from '../../model/source.ts';
import { RESERVED_WORDS } from '../../syntax/tokens.ts';
import { isLocal, type Names } from '../names.ts';
import { eachNode, isKind, type AnyNode } from '../nodes.ts';
import { treeOf } from '../parsed.ts';
import { nameOfUri } from '../uris.ts';
import type { Change } from './fixes.ts';

type Replacement = Omit<Change, 'title'>;

const CONDITIONS: ReadonlySet<string> = new Set([
  ...['infix', 'not', 'group', 'use-check', 'use-product', 'on', 'compare'],
]);
const RESERVED: ReadonlySet<string> = new Set(RESERVED_WORDS);
const WRITTEN = /[A-Za-z_]\w*(?:[.-]\w+)*/y;

/** The edits, where exactly one condition is selected that can stand by itself. */
export function extractCheck(document: TextDocument, selected: Span, names: Names): readonly Replacement[] | undefined {
  const text = document.getText();
  const span = trimmed(text, selected);
  const declaration = treeOf(document).declarations.find(({ start, end }) => start <= span.start && span.end <= end);
  if (span.start >= span.end || !declaration || declaration.damaged) return undefined;
  let condition: AnyNode | undefined;
  eachNode(declaration, (node) => {
    if (CONDITIONS.has(node.kind) && node.start === span.start && node.end === span.end) condition ??= node;
  });
  if (!condition) return undefined;
  const taken = freeNames(names, text, { file: nameOfUri(document.uri), node: condition });
  if (!taken) return undefined;
  const id = freshId(names);
  // What is put between would take its comments away from it.
  const place = aboveComments(text, declaration.start);
  const list = (items: readonly string[]): string => (items.length > 0 ? `(${items.join(', ')})` : '');
  const written = [...taken.parameters.keys()];
  const body = indented(replaced(text, span, taken));
  const check = `check ${id}${list([...taken.parameters.values()])} {\n${body}\n}\n\n`;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  return [
    { at: { start: place, end: place }, text: check.replaceAll(/\r?\n/g, lineEnd) },
    { at: span, text: `check ${id}${list(written)}` },
  ];
}

/** A selection without the blanks around it. */
export function trimmed(text: string, { start, end }: Span): Span {
  const selected = text.slice(start, end);
  const from = start + selected.length - selected.trimStart().length;
  return { start: from, end: Math.max(from, start + selected.trimEnd().length) };
}

/** Names that come from outside. */
export interface Taken {
  /** What is written outside, to the name of the parameter. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly uses: readonly { readonly start: number; readonly written: string }[];
}

/** The names that a condition takes from outside; undefined where one of them cannot be handed over. */
function freeNames(names: Names, text: string, { file, node }: { file: string; node: AnyNode }): Taken | undefined {
  const taken = namesTaken(names, text, { file, span: node });
  const starts = new Set(taken?.uses.map(({ start }) => start));
  let isElement = false;
  eachNode(node, (one) => {
    if (isKind(one, 'name') && one.value && starts.has(one.name.startOffset)) isElement = true;
  });
  return isElement ? undefined : taken;
}

/** The names that a part of a file takes from outside; undefined where it binds one for what follows. */
export function namesTaken(
  names: Names,
  text: string,
  { file, span }: { readonly file: string; readonly span: Span },
): Taken | undefined {
  const inside = names
    .inFile(file)
    .filter(({ at }) => at.start >= span.start && at.end <= span.end && at.end > at.start);
  const bound = inside.filter((one) => 'whole' in one);
  // A named group binds for what follows the condition.
  if (bound.some(({ kind }) => kind === 'capture')) return undefined;
  const own = new Set(bound.map(({ name }) => name.toLowerCase()));
  const uses = inside
    .filter((one) => !('whole' in one) && isLocal(one) && !own.has(one.name.toLowerCase()))
    .map(({ at }) => ({ start: at.start, written: writtenAt(text, at.start) }));
  const parameters = new Map<string, string>();
  for (const { written } of uses) {
    if (!parameters.has(written))
      parameters.set(written, parameterFor(written, new Set([...own, ...parameters.values()])));
  }
  return { parameters, uses };
}

function writtenAt(text: string, start: number): string {
  WRITTEN.lastIndex = start;
  return WRITTEN.exec(text)?.[0] ?? '';
}

/** `location` for `app.location`, unless that is a word of the language or taken. */
function parameterFor(written: string, taken: ReadonlySet<string>): string {
  const short = written.slice(written.indexOf('.') + 1);
  const long = written.replaceAll('.', '-');
  const isFree = (name: string): boolean => !RESERVED.has(name) && !name.includes('.') && !taken.has(name);
  const found = [short, long].find(isFree);
  if (found !== undefined) return found;
  for (let n = 2; ; n++) if (isFree(`${long}-${n}`)) return `${long}-${n}`;
}

/** An id that no check has. */
export function freshId(names: Names): string {
  const isFree = (id: string): boolean => !names.definitionsOf(id).some(({ kind }) => kind === 'check');
  for (let n = 1; ; n++) {
    const id = n === 1 ? 'new-check' : `new-check-${n}`;
    if (isFree(id)) return id;
  }
}

/** A part of a text with its names from outside as parameters. */
export function replaced(text: string, { start, end }: Span, { parameters, uses }: Taken): string {
  let result = '';
  let from = start;
  for (const use of uses.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(from, use.start) + (parameters.get(use.written) ?? use.written);
    from = use.start + use.written.length;
  }
  return result + text.slice(from, end);
}

/** The first line has no indentation of its own; the others keep theirs to each other. */
function indented(body: string): string {
  const [first = '', ...rest] = body.split(/\r?\n/);
  const least = Math.min(
    ...rest.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length),
  );
  return [first, ...rest.map((line) => line.slice(Math.min(least, line.length)))].map((line) => `  ${line}`).join('\n');
}
