import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parseSnapshot } from '../../../../server/src/machine/snapshot/parse.ts';
import type { SnapshotDocument } from '../../../../server/src/machine/snapshot/format.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../../../docs/schemas/snapshot.schema.json', import.meta.url), 'utf8'),
) as object;
const fitsSchema = new Ajv({ allowUnionTypes: true }).compile(schema);

const DOCUMENT: SnapshotDocument = {
  schema: 'patchlab-snapshot/1',
  recorded: '2026-05-01T08:00:00Z',
  machine: { name: 'WS01', address: '192.0.2.7', port: 445 },
  redacted: [],
  registry: {
    'HKLM\\SOFTWARE\\A': {
      exists: true,
      subkeys: ['B'],
      values: { V: { type: 'REG_DWORD', data: '1' }, None: null, Denied: { unreadable: 'access denied', raw: '5' } },
      complete: false,
    },
  },
  serviceNames: ['Spooler'],
  services: {
    Spooler: {
      name: 'Spooler',
      displayName: 'Print Spooler',
      state: 'running',
      start: 'automatic',
      account: null,
      path: { unreadable: 'x' },
    },
    Gone: null,
  },
  files: {
    'C:\\a.exe': {
      stat: { folder: false, size: 5, modified: '2026-01-01T00:00:00.000Z' },
      version: { fileVersion: '1.2.3.4', arch: 'x64' },
      text: { redacted: 'a secret' },
      sha256: 'ab'.repeat(32),
    },
    'C:\\': { entries: [{ name: 'a.exe', folder: false, size: 5, modified: '2026-01-01T00:00:00Z' }] },
  },
};

const TEXT = JSON.stringify(DOCUMENT, null, 2);

/** Where a snippet of the text begins, as line and column. */
function placeOf(text: string, snippet: string): { line: number; column: number } {
  const before = text.slice(0, text.indexOf(snippet));
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}

describe('a snapshot', () => {
  it('is read as it was written, and fits its schema', () => {
    expect(parseSnapshot(TEXT)).toEqual({ ok: true, snapshot: DOCUMENT });
    expect(fitsSchema(DOCUMENT)).toBe(true);
  });

  it('may begin with a byte order mark', () => {
    expect(parseSnapshot(`\uFEFF${TEXT}`).ok).toBe(true);
  });

  it.each([
    ['a state that there is not', '"running"', '"runing"', '"runing"'],
    ['digits that are none', '"data": "1"', '"data": "one"', '"one"'],
    ['a type that there is not', '"REG_DWORD"', '"REG_WORD"', '"REG_WORD"'],
    ['a number for a text', '"name": "WS01"', '"name": 7', '7'],
    ['a port out of range', '445', '70000', '70000'],
    ['a negative size', '"size": 5', '"size": -5', '-5'],
    ['an unknown member', '"complete": false', '"complet": false', 'false'],
    ['a relative path', '"C:\\\\a.exe"', '"a.exe"', '{\n      "stat"'],
    ['a hive that there is not', '"HKLM\\\\SOFTWARE\\\\A"', '"HKXX\\\\A"', '{\n      "exists"'],
    ['a date without a time', '"2026-05-01T08:00:00Z"', '"2026-05-01"', '"2026-05-01"'],
    ['a digest of the wrong length', 'ab'.repeat(32), 'abab', '"abab"'],
    ['a list where a record is wanted', '"services": {', '"services": [], "x": {', '[], "x"'],
  ])('with %s is refused at its place, as by the schema', (_what, from, to, at) => {
    expect(TEXT).toContain(from);
    const text = TEXT.replace(from, to);
    const parsed = parseSnapshot(text);
    expect(parsed).toMatchObject({ ok: false, error: { code: 'wrong-shape', ...placeOf(text, at) } });
    expect(fitsSchema(JSON.parse(text))).toBe(false);
  });

  it('without a required member is refused at the object that lacks it', () => {
    const { machine: _, ...rest } = DOCUMENT;
    const parsed = parseSnapshot(JSON.stringify(rest));
    expect(parsed).toMatchObject({ ok: false, error: { code: 'wrong-shape', line: 1, column: 1 } });
    expect(parsed.ok || parsed.error.message).toContain('"machine"');
  });

  it.each(['{}', '[]', 'null', '7', '{"schema":"patchlab-snapshot/2"}'])('of another schema is refused: %s', (text) => {
    expect(parseSnapshot(text)).toMatchObject({ ok: false, error: { code: 'wrong-schema' } });
  });

  it.each([
    ['', 1, 1],
    ['{', 1, 2],
    ['{"a": x}', 1, 7],
    ['{"a": 1,}', 1, 9],
    ['{"a" 1}', 1, 6],
    ['[1 2]', 1, 4],
    ['{"a": 01}', 1, 8],
    ['{"a":\n  "b\tc"}', 2, 3],
    ['{} {}', 1, 4],
    ["{'a': 1}", 1, 2],
  ])('that is no JSON is refused where it stops being it: %j', (text, line, column) => {
    expect(parseSnapshot(text)).toMatchObject({ ok: false, error: { code: 'not-json', line, column } });
  });

  it('cut anywhere is refused, and never throws', () => {
    for (let length = 0; length < TEXT.length; length += 17) {
      expect(parseSnapshot(TEXT.slice(0, length)).ok).toBe(false);
    }
  });

  it('with names of the language itself does no harm', () => {
    const text = TEXT.replace('"V": {', '"__proto__": {"type": "REG_SZ", "data": "x"}, "V": {');
    expect(parseSnapshot(text).ok).toBe(true);
    expect(({} as Record<string, unknown>)['type']).toBeUndefined();
  });
});
