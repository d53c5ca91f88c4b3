/** Where a value stands in a JSON text, for messages about a document that parsed but is not what it should be. */

export type JsonPath = readonly (string | number)[];

export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/** The position of an offset. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}

/** The offset of the value at a path in a valid JSON text; the innermost container that is there where the path ends early. */
export function offsetOf(text: string, path: JsonPath): number {
  let at = skipBlanks(text, 0);
  for (const step of path) {
    const below =
      text[at] === '{' ? member(text, at, String(step)) : text[at] === '[' ? item(text, at, Number(step)) : undefined;
    if (below === undefined) return at;
    at = below;
  }
  return at;
}

function member(text: string, open: number, name: string): number | undefined {
  let found: number | undefined;
  let at = skipBlanks(text, open + 1);
  while (text[at] === '"') {
    const end = endOfText(text, at);
    const value = skipBlanks(text, skipBlanks(text, end) + 1);
    // Of a doubled name the last one counts, as it does for JSON.parse.
    if (JSON.parse(text.slice(at, end)) === name) found = value;
    at = skipBlanks(text, endOfValue(text, value));
    if (text[at] === ',') at = skipBlanks(text, at + 1);
  }
  return found;
}

function item(text: string, open: number, index: number): number | undefined {
  let at = skipBlanks(text, open + 1);
  for (let count = 0; text[at] !== ']' && at < text.length; count++) {
    if (count === index) return at;
    at = skipBlanks(text, endOfValue(text, at));
    if (text[at] === ',') at = skipBlanks(text, at + 1);
  }
  return undefined;
}

function endOfValue(text: string, start: number): number {
  if (text[start] === '"') return endOfText(text, start);
  if (text[start] !== '{' && text[start] !== '[')
    return start + (/^[^\s,}\]]+/.exec(text.slice(start, start + 64))?.[0].length ?? 1);
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfText(text, at) - 1;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return at + 1;
  }
  return text.length;
}

function endOfText(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at++;
  return at;
}
