import type { CodeAction, Diagnostic, Range, TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { LspFixture } from '../../support/lsp-fixture.ts';
import { RULE_CASES } from '../lint/rule-cases.ts';
import { asXml } from '../patchxml/as-xml.ts';

let lsp: LspFixture;
let count = 0;
beforeAll(async () => {
  lsp = await LspFixture.start({
    'common.detect':
      'product acme.editor "Acme" { let home = "%ProgramFiles%\\A"  installed when file "${home}\\a.exe" exists }\n',
  });
});
afterAll(() => lsp.stop());

interface Opened {
  readonly uri: string;
  readonly document: TextDocument;
  readonly range: Range;
  readonly found: () => Promise<Diagnostic[]>;
}

/** Opens a text; what stands between `<|` and `|>` is selected. */
async function open(marked: string): Promise<Opened> {
  // The one before would declare the same names.
  if (count > 0) await lsp.close(`f${count}.patches.xml`);
  const name = `f${++count}.patches.xml`;
  const start = Math.max(marked.indexOf('<|'), 0);
  const text = marked.replace('<|', '').replace('|>', '');
  const end = marked.includes('|>') ? marked.indexOf('|>') - '<|'.length : start;
  await lsp.open(name, text);
  const uri = lsp.uri(name);
  const document = TextDocument.create(uri, 'patches-xml', 1, text);
  const range = { start: document.positionAt(start), end: document.positionAt(end) };
  const found = async (): Promise<Diagnostic[]> =>
    (await lsp.ask<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } })).items;
  return { uri, document, range, found };
}

describe('formatting XML over stdio', () => {
  const options = { tabSize: 2, insertSpaces: true };
  const UGLY =
    '<patches>\n<!-- Why. -->\n<check   id="a" ><file path="%windir%\\a"   exists = "true"/>\n</check>\n<check id="b"   ><file   path="%windir%\\b" exists="true"/></check>\n</patches>\n';

  const applied = async (file: Opened, method: string, params: object): Promise<string> => {
    const edits = await lsp.ask<TextEdit[]>(`textDocument/${method}`, {
      textDocument: { uri: file.uri },
      options,
      ...params,
    });
    return TextDocument.applyEdits(file.document, edits);
  };

  it('formats the whole, keeps comments, and changes nothing the second time', async () => {
    const once = await applied(await open(UGLY), 'formatting', {});
    expect(once).toMatchInlineSnapshot(`
      "<patches>
        <!-- Why. -->
        <check id="a">
          <file path="%windir%\\a" exists="true"/>
        </check>
        <check id="b"><file path="%windir%\\b" exists="true"/></check>
      </patches>
      "
    `);
    expect(await applied(await open(once), 'formatting', {})).toBe(once);
  });

  it('formats a part and leaves the rest', async () => {
    const range = { start: { line: 1, character: 0 }, end: { line: 3, character: 8 } };
    const text = await applied(await open(UGLY), 'rangeFormatting', { range });
    expect(text).toContain('\n    <file path="%windir%\\a" exists="true"/>\n  </check>\n');
    expect(text).toContain(UGLY.split('\n')[4]);
  });

  it('formats the element that was closed, and the line that was left, but not the new line', async () => {
    const closed = await open(UGLY);
    const text = await applied(closed, 'onTypeFormatting', { ch: '>', position: { line: 3, character: 8 } });
    expect(text).toBe(
      '<patches>\n<!-- Why. -->\n  <check id="a">\n    <file path="%windir%\\a" exists="true"/>\n  </check>\n' +
        '<check id="b"   ><file   path="%windir%\\b" exists="true"/></check>\n</patches>\n',
    );
    const left = await open('<patches>\n  <check   id="c">\n    \n  </check>\n</patches>\n');
    const entered = await applied(left, 'onTypeFormatting', { ch: '\n', position: { line: 2, character: 4 } });
    expect(entered).toBe('<patches>\n  <check id="c">\n    \n  </check>\n</patches>\n');
  });

  it('leaves what is not well-formed, and braces, alone', async () => {
    const broken = await open('<patches>\n<check   id="a">\n</patches>\n');
    expect(await applied(broken, 'formatting', {})).toBe(broken.document.getText());
    const brace = await open('<patches>\n<check   id="a"><file path="${home}" exists="true"/></check>\n</patches>\n');
    const at = { ch: '}', position: brace.document.positionAt(brace.document.getText().indexOf('}') + 1) };
    expect(await applied(brace, 'onTypeFormatting', at)).toBe(brace.document.getText());
  });
});

const actions = ({ uri, range }: Opened, only?: string[]): Promise<CodeAction[]> =>
  lsp.ask('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [], only } });

/** The text after an action, and what is found in it then. */
async function after(
  { uri, document, found }: Opened,
  action: CodeAction | undefined,
): Promise<{ text: string; codes: unknown[] }> {
  const text = TextDocument.applyEdits(document, action?.edit?.changes?.[uri] ?? []);
  await lsp.client.change(uri, 2, text);
  const codes = (await found()).map(({ code }) => code);
  await lsp.client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  return { text, codes };
}
const check = (body: string): string => `<patches>\n  <check id="c">\n    ${body}\n  </check>\n</patches>\n`;
const product = (body: string): string => `<patches>\n  <product id="p">\n    ${body}\n  </product>\n</patches>\n`;

describe('quick fixes in XML over stdio', () => {
  it.each([
    ['long-hive', check('<key path="<||>HKEY_LOCAL_MACHINE\\A" exists="true"/>'), '"HKLM\\A"'],
    [
      'wow6432node',
      check('<key path="<||>HKLM\\SOFTWARE\\Wow6432Node\\A &amp; B" exists="true"/>'),
      '<key path="HKLM\\SOFTWARE\\A &amp; B" view="32" exists="true"/>',
    ],
    [
      'wow6432node',
      check(
        '<any name="k" in="keys" pattern=\'<||>HKLM\\SOFTWARE\\Wow6432Node\\*\'><name of="k.x" exists="true"/></any>',
      ),
      'pattern=\'HKLM\\SOFTWARE\\*\' view="32"',
    ],
    [
      'absolute-path',
      check('<file path=\'<||>C:\\Program Files\\A &amp; B\\a.exe\' exists="true"/>'),
      "path='%ProgramFiles%\\A &amp; B\\a.exe'",
    ],
    ['doubled-separator', check('<file path="<||>%windir%\\\\a.exe" exists="true"/>'), '"%windir%\\a.exe"'],
    ['missing-separator', check('<file path="<||>%windir%a.exe" exists="true"/>'), '"%windir%\\a.exe"'],
    ['stray-blank', check('<key path=\'<||>HKLM\\SOFTWARE\\A \' exists="true"/>'), "path='HKLM\\SOFTWARE\\A'"],
    [
      'text-order',
      check('<key path="HKLM\\A" view="64" value="V"><at-least><||><text value="9.0"/></at-least></key>'),
      '<at-least><literal value="9.0"/></at-least>',
    ],
    ['version-literal', check('<file path="%windir%\\a" property="version" at-least="<||>24.07"/>'), 'at-least="24.7"'],
    [
      'version-literal',
      check('<file path="%windir%\\a" property="version"><at-least><literal value="<||>24.07"/></at-least></file>'),
      '<literal value="24.7"/>',
    ],
    [
      'no-one-per',
      product('<each name="app" in="programs"/><let name="location"><name of="app.location"/></let>').replace(
        'id="p"',
        'id="<||>p"',
      ),
      '    <one-per name="location"/>\n  </product>',
    ],
    [
      'unknown-metadata',
      '<patches><patch id="x" <||>sevrity="low"><fixes><windows ref="windows"/></fixes><note why="n"/></patch></patches>',
      'severity="low"',
    ],
    [
      'bad-value',
      '<patches><patch id="x" severity="<||>lwo"><fixes><windows ref="windows"/></fixes><note why="n"/></patch></patches>',
      'severity="low"',
    ],
  ])('mend %s, which is not found again', async (code, marked, wanted) => {
    const file = await open(marked);
    expect((await file.found()).map((one) => one.code)).toContain(code);
    const fix = (await actions(file, ['quickfix'])).find(
      ({ diagnostics, isPreferred }) => isPreferred === true && diagnostics?.[0]?.code === code,
    );
    const { text, codes } = await after(file, fix);
    expect(text).toContain(wanted);
    expect(codes).not.toContain(code);
    expect(codes.filter((one) => String(one).startsWith('xml-'))).toEqual([]);
  });

  it('are there for every rule that has a fix in scripts', () => {
    const inScripts = Object.entries(RULE_CASES).filter(([, { fixed }]) => fixed === true);
    const lacking = inScripts.filter(([code, { bad }]) => {
      const text = asXml(bad);
      const found = lint(linkContent([{ file: 'a.patches.xml', text }])).find((one) => one.code === code);
      if (!found?.fix) return true;
      const mended = text.slice(0, found.fix.at.start) + found.fix.text + text.slice(found.fix.at.end);
      const again = lint(linkContent([{ file: 'a.patches.xml', text: mended }])).map((one) => one.code);
      return again.includes(code) || again.some((one) => one.startsWith('xml-'));
    });
    expect(inScripts.length).toBeGreaterThan(7);
    expect(lacking.map(([code]) => code)).toEqual([]);
  });

  it('put a proposed word in place of the one that it is about, in both tags of an element', async () => {
    const cases = [
      [
        '<patches><patch id="x"><fixes><product ref="acme.edtor<||>"/></fixes><note why="n"/></patch></patches>',
        'ref="acme.editor"',
      ],
      [check('<fil<||> path="%windir%\\a" exists="true"/>'), '<file path'],
      [
        check('<nto<||>><file path="%windir%\\a" exists="true"/></nto>'),
        '<not><file path="%windir%\\a" exists="true"/></not>',
      ],
      [check('<file path="%windir%\\a" property="version" atleast<||>="1.0"/>'), ' at-least="1.0"'],
      [check('<file path="%windir%\\a" property="versin<||>" at-least="1.0"/>'), 'property="version"'],
      [check('<on><windows ref="windws-10<||>"/></on>'), 'ref="windows-10"'],
    ] as const;
    for (const [marked, wanted] of cases) {
      const file = await open(marked);
      const fix = (await actions(file)).find(({ title }) => title.startsWith('Change to'));
      const { text, codes } = await after(file, fix);
      expect(text).toContain(wanted);
      expect(codes.filter((code) => /^(un|xml)/.test(String(code)))).toEqual([]);
    }
  });

  it('silence a rule behind its tag, or above where a comment stands there, once a reason is given', async () => {
    const silence = (one: CodeAction): boolean => one.title === 'Allow `long-hive` here';
    const key = '<key path="<||>HKEY_LOCAL_MACHINE\\A" view="64" exists="true"/>';
    const apart = '<key\n        view="64"\n        path="<||>HKEY_LOCAL_MACHINE\\A"\n        exists="true"/>';
    for (const [marked, wanted] of [
      [check(key), 'exists="true"/> <!-- allow long-hive: -->\n'],
      [check(`${key} <!-- why -->`), '    <!-- allow long-hive: -->\n    <key'],
      [check(apart), 'exists="true"/> <!-- allow long-hive: -->\n'],
      [check(`${apart} <!-- why -->`), '    <!-- allow long-hive: -->\n    <key'],
    ] as const) {
      const file = await open(marked);
      const first = await after(file, (await actions(file)).find(silence));
      expect(first.text).toContain(wanted);
      expect(first.codes).toEqual(expect.arrayContaining(['bad-allow', 'long-hive']));
      const reasoned = await open(first.text.replace('long-hive: -->', 'long-hive: as it is known -->'));
      expect((await reasoned.found()).map(({ code }) => code)).toEqual([]);
    }
  });

  it('never silence an error', async () => {
    const file = await open(check('<product ref="not.there<||>" is="installed"/>'));
    expect((await actions(file)).filter(({ title }) => title.startsWith('Allow'))).toEqual([]);
  });
});

describe('fix all in XML over stdio', () => {
  it('makes every safe fix of a file at once', async () => {
    const file = await open(
      check(
        '<key path="HKEY_LOCAL_MACHINE\\A" view="64" exists="true"/>\n    <file path="%windir%\\\\b" exists="true"/>',
      ),
    );
    const [all, ...others] = await actions(file, ['source.fixAll']);
    expect(others).toEqual([]);
    const { text, codes } = await after(file, all);
    expect(text).toBe(
      check('<key path="HKLM\\A" view="64" exists="true"/>\n    <file path="%windir%\\b" exists="true"/>'),
    );
    expect(codes).toEqual([]);
  });

  it('is not offered where there is nothing to fix', async () => {
    expect(await actions(await open(check('<file path="%windir%\\p" exists="true"/>')), ['source'])).toEqual([]);
  });
});

describe('extracting a named check in XML over stdio', () => {
  const extract = async (file: Opened): Promise<CodeAction | undefined> =>
    (await actions(file, ['refactor.extract']))[0];

  it('takes what is bound outside as parameters, and leaves nothing new to find', async () => {
    const file = await open(`<patches>
  <!-- About it. -->
  <product id="extracted">
    <each name="app" in="programs"><where><name of="app.name" equals="P"/></where></each>
    <let name="home"><name of="app.location"/></let>
    <installed-when>
      <|<all>
        <file path="\${home}\\p.exe" property="version" at-least="1.0"/>
        <any name="f" in="files" pattern="\${app.location}\\*.dll">
          <name of="f.company"><equals><name of="app.publisher"/></equals></name>
        </any>
      </all>|>
      <name of="windows.build" above="1"/>
    </installed-when>
    <one-per name="home"/>
  </product>
</patches>
`);
    const before = (await file.found()).map(({ code }) => code);
    const { text, codes } = await after(file, await extract(file));
    expect(text).toMatchInlineSnapshot(`
      "<patches>
        <check id="new-check">
          <parameter name="home"/>
          <parameter name="location"/>
          <parameter name="publisher"/>
          <all>
            <file path="\${home}\\p.exe" property="version" at-least="1.0"/>
            <any name="f" in="files" pattern="\${location}\\*.dll">
              <name of="f.company"><equals><name of="publisher"/></equals></name>
            </any>
          </all>
        </check>

        <!-- About it. -->
        <product id="extracted">
          <each name="app" in="programs"><where><name of="app.name" equals="P"/></where></each>
          <let name="home"><name of="app.location"/></let>
          <installed-when>
            <check ref="new-check"><argument><name of="home"/></argument><argument><name of="app.location"/></argument><argument><name of="app.publisher"/></argument></check>
            <name of="windows.build" above="1"/>
          </installed-when>
          <one-per name="home"/>
        </product>
      </patches>
      "
    `);
    expect(codes).toEqual(before);
  });

  it('needs no parameters where nothing is bound outside', async () => {
    const file = await open(
      check('<|<file path="%windir%\\p" exists="true"/>|>\n    <name of="windows.build" above="1"/>'),
    );
    const { text } = await after(file, await extract(file));
    expect(text).toBe(
      '<patches>\n  <check id="new-check">\n    <file path="%windir%\\p" exists="true"/>\n  </check>\n\n' +
        check('<check ref="new-check"/>\n    <name of="windows.build" above="1"/>').replace('<patches>\n', ''),
    );
  });

  it('is not offered for half a condition, for none, and where a value of an element would have to go with it', async () => {
    const texts = [
      check('<|<file path="%windir%\\p"|> exists="true"/>'),
      '<patches><|<check id="c"><file path="%windir%\\p" exists="true"/></check>|></patches>',
      check('<||><file path="%windir%\\p" exists="true"/>'),
      product(
        '<each name="k" in="keys" pattern="HKLM\\P\\*"/><installed-when><|<name of="k" value="X" equals="1"/>|></installed-when>',
      ),
      product(
        '<each name="k" in="programs"><where><|<name of="k.name" matches="/^P (?&lt;found>\\d+)/"/>|></where></each><let name="version"><name of="found"/></let>',
      ),
      product('<|<on><windows ref="windows-10"/></on>|>'),
    ];
    for (const text of texts) expect(await extract(await open(text))).toBeUndefined();
  });
});
