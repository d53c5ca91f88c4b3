import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionOf } from '../../../../server/src/convert/from-machine/condition.ts';
import { insertInScript, type NewCheck } from '../../../../server/src/convert/from-machine/in-script.ts';
import { insertInXml } from '../../../../server/src/convert/from-machine/in-xml.ts';
import type { Insertion } from '../../../../server/src/convert/from-machine/insertion.ts';
import { skeletonOf } from '../../../../server/src/convert/from-machine/skeleton.ts';
import type { Thing } from '../../../../server/src/convert/from-machine/things.ts';
import { lint } from '../../../../server/src/lint/lint.ts';
import { linkContent } from '../../../../server/src/model/link.ts';

const FOLDERS = [
  { name: 'ProgramFiles', path: 'C:\\Program Files' },
  { name: 'ProgramFiles(x86)', path: 'C:\\Program Files (x86)' },
  { name: 'SystemDrive', path: 'C:' },
];

const SPOOLER: Thing = { kind: 'service', name: 'Spooler' };

function checkOf(thing: Thing): NewCheck | undefined {
  const condition = conditionOf(thing, { folders: FOLDERS });
  const given = conditionOf(thing, { folders: FOLDERS, exactly: true });
  if (!condition.ok || !given.ok) return undefined;
  const isTaken = (id: string): boolean => ['acme', 'p1'].includes(id);
  return {
    condition: condition.text,
    given: given.text,
    declaration: skeletonOf(thing, { condition: condition.text, isTaken, folders: FOLDERS }),
  };
}

const apply = (text: string, { start, end, text: added }: Insertion): string =>
  text.slice(0, start) + added + text.slice(end);

const errorsIn = (file: string, text: string): readonly string[] =>
  lint(linkContent([{ file, text }]))
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code}: ${message}\n${text}`);

/** Inserts at `<|>` and gives the text. */
function inserted(marked: string, thing: Thing = SPOOLER): string {
  const offset = marked.indexOf('<|>');
  const text = marked.replace('<|>', '');
  const check = checkOf(thing);
  if (!check) throw new Error('it cannot be written');
  const result = apply(text, insertInScript(text, offset, check));
  expect(errorsIn('a.detect', result)).toEqual([]);
  return result;
}

const PRODUCT = 'product acme "Acme" {\n  let version = 1.2\n<|>\n}\n';

describe('a check at the cursor of a script', () => {
  it('is a statement in a product that has no verdict yet', () => {
    expect(inserted(PRODUCT)).toBe(
      'product acme "Acme" {\n  let version = 1.2\n  installed when service "Spooler" exists\n}\n',
    );
  });

  it('is asked for as well where a verdict is there already', () => {
    const text = 'product acme "Acme" {\n<|>  installed when file "C:\\a.exe" exists\n  one per location\n}\n';
    expect(inserted(text.replace('one per location\n', ''))).toContain(
      'installed when file "C:\\a.exe" exists\n    and service "Spooler" exists',
    );
  });

  it('stands beside either of two, not beside one of them', () => {
    const text = 'product acme "Acme" {\n  installed when file "C:\\a" exists or file "C:\\b" exists<|>\n}\n';
    expect(inserted(text)).toContain(
      'installed when all {\n    file "C:\\a" exists or file "C:\\b" exists\n    service "Spooler" exists\n  }',
    );
  });

  it('is the condition alone among conditions', () => {
    const text = 'check a {\n  any {\n    file "C:\\a" exists\n<|>\n  }\n}\n';
    expect(inserted(text)).toBe('check a {\n  any {\n    file "C:\\a" exists\n    service "Spooler" exists\n  }\n}\n');
  });

  it('is the condition alone behind a word that wants one', () => {
    expect(inserted('patch p1 fixes windows {\n  missing when <|>\n}\n')).toContain(
      'missing when service "Spooler" exists\n',
    );
    expect(inserted('patch p1 fixes windows {\n  missing when on windows-10 and<|>\n}\n')).toContain(
      'on windows-10 and service "Spooler" exists\n',
    );
  });

  it('is what a test is given', () => {
    const file: Thing = { kind: 'file', path: 'C:\\Program Files\\A\\a.exe', version: { fileVersion: '1.2.3.4' } };
    expect(inserted('test "t" {\n  <|>\n}\n', file)).toContain(
      'given file "%ProgramFiles%\\A\\a.exe" version = 1.2.3.4',
    );
  });

  it('is a declaration of its own between others, and never parts one from its documentation', () => {
    const text =
      '# About acme.\nproduct acme "Acme" {\n  installed when on windows-10\n}\n<|>\n# About p.\npatch p1 fixes acme { note "n" }\n';
    const result = inserted(text);
    expect(result).toContain('}\n\nproduct spooler "Spooler" {\n');
    expect(result).toContain('}\n\n# About p.\npatch p1');
  });

  it('is a patch for a hotfix, with its id', () => {
    const text = inserted('<|>', { kind: 'hotfix', kb: 'KB5031356' });
    expect(text).toBe(
      'patch KB5031356 "Update KB5031356" fixes windows {\n  severity unrated\n  installed when hotfix KB5031356 is installed\n}\n',
    );
  });

  it('keeps the line ends of the file', () => {
    expect(inserted(PRODUCT.replaceAll('\n', '\r\n'))).not.toMatch(/[^\r]\n/);
  });

  it('says what was seen of values and files, in the view that they were seen in', () => {
    const seen = (thing: Thing): string | undefined => checkOf(thing)?.condition;
    const at = { hive: 'HKLM', path: 'SOFTWARE\\Acme' };
    expect(seen({ kind: 'value', ...at, view: '32', name: 'V', value: { type: 'REG_SZ', data: '3.1.0.7' } })).toBe(
      'key "HKLM\\SOFTWARE\\Acme" view 32 value "V" >= 3.1.0.7',
    );
    expect(seen({ kind: 'value', ...at, name: 'N', value: { type: 'REG_DWORD', data: '4294967295' } })).toMatch(
      / value "N" = 4294967295$/,
    );
    expect(seen({ kind: 'value', ...at, name: 'M', value: { type: 'REG_MULTI_SZ', data: ['a', 'b'] } })).toMatch(
      / value "M" any = "a"$/,
    );
    expect(seen({ kind: 'key', hive: 'HKU', path: 'S-1-5-21-1-2-3-1001\\Software\\Acme' })).toBe(
      'key "HKCU\\Software\\Acme" exists',
    );
    expect(
      seen({ kind: 'file', path: 'C:\\Program Files\\A\\a.exe', property: 'arch', version: { arch: 'x64' } }),
    ).toBe('file "%ProgramFiles%\\A\\a.exe" arch is x64');
  });

  it('never writes a product key or an owner into content', () => {
    const at = { kind: 'value', hive: 'HKLM', path: 'SOFTWARE\\Acme' } as const;
    const secret = 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE';
    const written = [
      checkOf({ ...at, name: 'Serial', value: { type: 'REG_SZ', data: 'example-0815' } }),
      checkOf({ ...at, name: 'Other', value: { type: 'REG_SZ', data: `key ${secret}` } }),
      checkOf({ ...at, name: 'RegisteredOwner', value: { type: 'REG_SZ', data: 'example-person' } }),
    ];
    for (const one of written) {
      expect(one?.condition).toMatch(/ exists$/);
      expect(JSON.stringify(one)).not.toMatch(/0815|AAAAA|example-person/);
    }
  });

  it('refuses a name with a line end in it, which no text can hold', () => {
    expect(conditionOf({ kind: 'service', name: 'a\r\n} patch x fixes windows {' }, { folders: [] }).ok).toBe(false);
  });
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        '""',
        '${',
        '$${',
        '}',
        '{',
        '%',
        '%PATH%',
        '%%',
        '\\',
        '/',
        '*',
        '?',
        '#',
        ' ',
        'a',
        '`',
        '<',
        '&',
        "'",
        ']]>',
        '--',
        '<script>',
        '(',
        '1.2',
        'é',
        '💥',
      ),
      { minLength: 1, maxLength: 10 },
    )
    .map((parts) => parts.join('')),
);
const name = hostile.map((text) => text.replaceAll('\\', '') || 'x');
const view = fc.constantFrom('32' as const, '64' as const);
const data = fc.oneof(
  hostile.map((text) => ({ type: 'REG_SZ' as const, data: text })),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((number) => ({ type: 'REG_QWORD' as const, data: String(number) })),
  fc.array(hostile, { maxLength: 3 }).map((texts) => ({ type: 'REG_MULTI_SZ' as const, data: texts })),
  fc.constant({ type: 'REG_BINARY' as const, data: 'ff00' }),
);
const present = <T>(value: T) => ({ state: 'present' as const, value });
const things: fc.Arbitrary<Thing> = fc.oneof(
  fc.record({ one: name, other: name, view }).map(({ one, other, view: seen }): Thing => {
    return { kind: 'key', hive: 'HKLM', path: `SOFTWARE\\${one}\\${other}`, view: seen };
  }),
  fc.record({ one: name, value: data, key: name }).map(({ one, value, key }): Thing => {
    return { kind: 'value', hive: 'HKLM', path: `SOFTWARE\\${key}`, name: one, value };
  }),
  fc
    .record({
      one: name,
      version: hostile,
      property: fc.constantFrom(undefined, 'version', 'company', 'language', 'product-version', 'size', 'modified'),
    })
    .map(({ one, version, property }): Thing => {
      const path = `C:\\Program Files\\${one.replace(/[/:*?"<>|]/g, '') || 'f'}\\a.exe`;
      const told = {
        fileVersion: '1.2.3.4',
        company: version,
        language: version,
        productVersion: version,
        product: version,
      };
      return {
        kind: 'file',
        path,
        size: 12,
        modified: '2024-01-02T03:04:05Z',
        version: told,
        ...(property && { property }),
      };
    }),
  fc
    .record({
      one: name,
      account: hostile,
      property: fc.constantFrom(undefined, 'state', 'account', 'path', 'display-name', 'start'),
    })
    .map(({ one, account, property }): Thing => ({
      kind: 'service',
      name: one,
      info: {
        name: one,
        displayName: account,
        state: 'running',
        start: present('manual'),
        account: present(account),
        path: present(account),
      },
      ...(property && { property }),
    })),
  fc.integer({ min: 10_000, max: 99_999_999 }).map((number): Thing => ({ kind: 'hotfix', kb: `KB${number}` })),
);

const SCRIPT = `# A file with every kind of block.
product acme "Acme" {
  vendor "Acme"
  each app in programs where app.name matches /^Acme/
  let version = app.version else 1.2
  # a comment
  installed when file "C:\\a.exe" exists or file "C:\\b.exe" exists
  one per version
}

product other "Other" {
  variant "one" {
    let location = "C:\\a"
    installed when all { file "C:\\a\\b" exists }
  }
  variant "two" { let location = "C:\\b" }
}
check c(path) "c" { any { file "\${path}" exists  not service "x" exists } }
bulletin b1 "b" {
  severity low
  patch p1 fixes acme { installed when version reaches { 1.2.3 } }
  patch p2 "t" fixes acme >= 1.0 { note "n" }
}
patch p3 fixes windows { missing always "why" }
test "t" {
  given on windows-10-22h2
  expect p3 for windows missing
}
`;
const XML = `<?xml version="1.0"?>
<patches xmlns="urn:patchlab:patches:1">
  <!-- one -->
  <patch id="x1" title="t" severity="low">
    <fixes><windows ref="windows"/></fixes>
    <installed-when>
      <any><service name="a" is="running"/></any>
    </installed-when>
  </patch>
  <patch id="x2"><fixes><windows ref="windows"/></fixes></patch>
  <patch id="x3"><fixes><windows ref="windows"/></fixes><note why="n"/></patch>
  <check id="x4"><service name="a" is="running"/></check>
</patches>
`;

describe('whatever a machine calls its things', () => {
  it('the script that is written is one without an error, wherever the cursor is', () => {
    expect(errorsIn('a.detect', SCRIPT)).toEqual([]);
    fc.assert(
      fc.property(things, fc.integer({ min: 0, max: SCRIPT.length }), fc.boolean(), (thing, offset, crlf) => {
        const check = checkOf(thing);
        fc.pre(check !== undefined);
        const text = crlf ? SCRIPT.replaceAll('\n', '\r\n') : SCRIPT;
        const result = apply(text, insertInScript(text, offset, check));
        expect(errorsIn('a.detect', result)).toEqual([]);
        expect(result).not.toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('the patch definitions that are written are without an error, wherever the cursor is', () => {
    expect(errorsIn('a.patches.xml', XML)).toEqual([]);
    fc.assert(
      fc.property(things, fc.integer({ min: 0, max: XML.length }), (thing, offset) => {
        const check = checkOf(thing);
        fc.pre(check !== undefined);
        const insertion = insertInXml(XML, offset, check);
        fc.pre(insertion !== undefined);
        expect(errorsIn('a.patches.xml', apply(XML, insertion))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
