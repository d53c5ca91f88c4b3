/** Replies as goldens: everything the server said, short enough to be read. */
import type { Cursor } from './lsp-fixture.ts';

const WIDTH = 140;

/** A reply in full: ranges as `line:character-line:character`, files without the folders before them, what is short on one line. */
export function shownReply(reply: unknown, folders: readonly string[]): string {
  return folders.reduce((text, folder) => text.replaceAll(folder, ''), shown(reply, ''));
}

function shown(value: unknown, indent: string): string {
  const flat = compact(value);
  if (indent.length + flat.length <= WIDTH || typeof value !== 'object' || value === null) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value) && value.every((one) => typeof one === 'number')) return numbers(value, indent);
  if (Array.isArray(value)) return `[\n${value.map((one) => `${inner}${shown(one, inner)}`).join(',\n')}\n${indent}]`;
  const members = Object.entries(value).map(([key, one]) => `${inner}${key}: ${shown(one, inner)}`);
  return `{\n${members.join(',\n')}\n${indent}}`;
}

/** Semantic tokens: five numbers each. */
function numbers(values: readonly number[], indent: string): string {
  const lines: string[] = [];
  for (let i = 0; i < values.length; i += 5) lines.push(`${indent}  ${values.slice(i, i + 5).join(', ')}`);
  return `[\n${lines.join(',\n')}\n${indent}]`;
}

function compact(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  if (Array.isArray(value)) return `[${value.map(compact).join(', ')}]`;
  const { start, end, ...rest } = value as Record<string, unknown>;
  if (Object.keys(rest).length === 0 && isPosition(start) && isPosition(end)) return `${place(start)}-${place(end)}`;
  if (isPosition(value) && Object.keys(value).length === 2) return place(value);
  return `{${Object.entries(value)
    .map(([key, one]) => `${key}: ${compact(one)}`)
    .join(', ')}}`;
}

const place = ({ line, character }: Cursor['position']): string => `${line}:${character}`;

function isPosition(value: unknown): value is Cursor['position'] {
  return typeof value === 'object' && value !== null && 'line' in value && 'character' in value;
}
