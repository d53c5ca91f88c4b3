import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editFor, withEdit, type JsonChange } from '../../../../server/src/scan/configuration/edit.ts';
import { plainValue, readJson } from '../../../../server/src/scan/configuration/json.ts';

const CONFIG = `{
  // Machines of the lab.
  "groups": {
    "lab": {
      "hosts": ["ws01", "ws02:4450"], /* both are old */
      "port": 445
    }
  },
  "content": ["content"]
}
`;

function changed(text: string, change: JsonChange): string {
  const edit = editFor(text, change);
  if (typeof edit === 'string') throw new Error(edit);
  return withEdit(text, edit);
}

describe('an edit of patchlab.json', () => {
  it('adds a host beside the others and touches nothing else', () => {
    expect(changed(CONFIG, { kind: 'append', path: ['groups', 'lab', 'hosts'], value: 'srv01' })).toBe(
      CONFIG.replace('"ws02:4450"]', '"ws02:4450", "srv01"]'),
    );
  });

  it('adds a group as the file is laid out', () => {
    expect(changed(CONFIG, { kind: 'set', path: ['groups', 'servers'], value: { hosts: ['srv01'] } })).toBe(
      CONFIG.replace(
        '"port": 445\n    }',
        '"port": 445\n    },\n    "servers": {\n      "hosts": [\n        "srv01"\n      ]\n    }',
      ),
    );
  });

  it('makes the objects on the way that are not there', () => {
    const text = changed(CONFIG, { kind: 'set', path: ['templates', 'critical', 'scan'], value: { severities: [] } });
    expect(text).toContain('// Machines of the lab.');
    expect(plainValue(readJson(text))).toMatchObject({ templates: { critical: { scan: { severities: [] } } } });
  });

  it('makes a file of an empty one', () => {
    expect(changed('', { kind: 'append', path: ['groups', 'lab', 'hosts'], value: 'ws01' })).toBe(
      '{\n  "groups": {\n    "lab": {\n      "hosts": [\n        "ws01"\n      ]\n    }\n  }\n}\n',
    );
  });

  it('removes a host with its comma, and the last one alone', () => {
    const once = changed(CONFIG, { kind: 'remove', path: ['groups', 'lab', 'hosts', 0] });
    expect(once).toBe(CONFIG.replace('"ws01", ', ''));
    const twice = changed(once, { kind: 'remove', path: ['groups', 'lab', 'hosts', 0] });
    expect(twice).toBe(CONFIG.replace('"ws01", "ws02:4450"', ''));
    expect(changed(CONFIG, { kind: 'remove', path: ['content'] })).toBe(CONFIG.replace(/,\n {2}"content".*/, ''));
  });

  it('keeps comments between what is removed and its neighbour', () => {
    expect(changed(CONFIG, { kind: 'remove', path: ['groups', 'lab', 'port'] })).toContain('/* both are old */');
    expect(changed(CONFIG, { kind: 'remove', path: ['groups', 'lab', 'hosts'] })).toContain('/* both are old */');
  });

  it('keeps CRLF', () => {
    const text = changed(CONFIG.replaceAll('\n', '\r\n'), { kind: 'set', path: ['groups', 'b'], value: { hosts: [] } });
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('says what is wrong where it cannot be made', () => {
    expect(editFor('{', { kind: 'set', path: ['a'], value: 1 })).toMatch(/no JSON/);
    expect(editFor('{"groups":[]}', { kind: 'set', path: ['groups', 'lab'], value: 1 })).toMatch(/no object/);
    expect(editFor('{"a":{}}', { kind: 'append', path: ['a'], value: 1 })).toMatch(/no list/);
    expect(editFor('{}', { kind: 'remove', path: ['a'] })).toMatch(/there is no/);
  });

  const name = fc.string({ minLength: 1, maxLength: 4 }).filter((text) => text !== '__proto__');
  const tree = fc.dictionary(name, fc.dictionary(name, fc.array(fc.oneof(fc.integer(), fc.string()))));

  it('means what the change means, for any object however it is laid out', () => {
    fc.assert(
      fc.property(tree, name, name, fc.constantFrom(0, 2, '\t'), (value, first, second, indent) => {
        const text = JSON.stringify(value, null, indent);
        const set = changed(text, { kind: 'set', path: [first, second], value: [1] });
        expect(plainValue(readJson(set))).toEqual({ ...value, [first]: { ...value[first], [second]: [1] } });
        const removed = changed(set, { kind: 'remove', path: [first, second] });
        const { [second]: _, ...rest } = value[first] ?? {};
        expect(plainValue(readJson(removed))).toEqual({ ...value, [first]: rest });
      }),
    );
  });
});

describe('JSON with places', () => {
  it('reads what JSON.parse reads, to the same value', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(plainValue(readJson(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses what JSON.parse refuses, comments apart', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', '[', 'x', '\u0001'), (json, at, by) => {
        const text = json.slice(0, at % (json.length + 1)) + by + json.slice((at % (json.length + 1)) + 1);
        const read = (parse: (text: string) => unknown): unknown => {
          try {
            return parse(text);
          } catch {
            return 'refused';
          }
        };
        fc.pre(!/\/[/*]/.test(text));
        expect(read((one) => plainValue(readJson(one)))).toEqual(read((one) => JSON.parse(one) as unknown));
      }),
    );
  });

  it('says where a text stops being JSON', () => {
    expect(() => readJson('{\n  "a": 1\n  "b": 2\n}')).toThrow(expect.objectContaining({ at: 13 }));
    expect(() => readJson('['.repeat(5000))).toThrow(/nests deeper/);
  });
});
