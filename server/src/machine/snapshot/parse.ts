/** Reading a snapshot's text: the document, or what is wrong with it and where. */
import { documentShape } from './document-shape.ts';
import { SNAPSHOT_SCHEMA, type SnapshotDocument } from './format.ts';
import { jsonErrorOffset } from './json-error.ts';
import { offsetOf, positionAt, type JsonPath, type Position } from './locate.ts';

export interface SnapshotError extends Position {
  /** `not-json`: no JSON; `wrong-schema`: JSON of another kind or version; `wrong-shape`: a member is not what it must be. */
  readonly code: 'too-large' | 'not-json' | 'wrong-schema' | 'wrong-shape';
  readonly message: string;
}

export type ParsedSnapshot =
  { readonly ok: true; readonly snapshot: SnapshotDocument } | { readonly ok: false; readonly error: SnapshotError };

/** In UTF-16 code units: a recording of thousands of checks has a few million. */
const LARGEST = 256 * 1024 * 1024;

/** The document that a text holds. Never throws. */
export function parseSnapshot(text: string): ParsedSnapshot {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (source.length > LARGEST)
    return failed('too-large', 'the snapshot is larger than 256 MiB', { line: 1, column: 1 });
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    return failed('not-json', `no JSON: ${cause(error)}`, positionAt(source, jsonErrorOffset(source)));
  }
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (schema !== SNAPSHOT_SCHEMA) {
    const found = typeof schema === 'string' ? `"${schema.slice(0, 60)}"` : 'none';
    return failed(
      'wrong-schema',
      `"schema" must be "${SNAPSHOT_SCHEMA}", here it is ${found}`,
      place(source, ['schema']),
    );
  }
  const wrong = documentShape(value, []);
  if (wrong !== undefined) {
    return failed('wrong-shape', `${spell(wrong.path)}: expected ${wrong.expected}`, place(source, wrong.path));
  }
  return { ok: true, snapshot: value as SnapshotDocument };
}

function failed(code: SnapshotError['code'], message: string, at: Position): ParsedSnapshot {
  return { ok: false, error: { code, message, ...at } };
}

function place(text: string, path: JsonPath): Position {
  return positionAt(text, offsetOf(text, path));
}

function spell(path: JsonPath): string {
  return path.length === 0
    ? 'the document'
    : path.map((step) => (typeof step === 'number' ? `[${step}]` : `["${step}"]`)).join('');
}

function cause(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 200) : 'unknown';
}
