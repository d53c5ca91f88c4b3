import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CATALOGUE_DIAGNOSTICS } from '../../../server/src/convert/catalogue-2001/codes.ts';
import { fromCatalogue2001, isCatalogue } from '../../../server/src/convert/catalogue-2001/index.ts';
import { scriptToXml } from '../../../server/src/convert/script.ts';
import { xmlToScript } from '../../../server/src/convert/xml.ts';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { runCli } from '../cli/run-cli.ts';
import { mutations } from '../patchxml/mutations.ts';
import { SMALL } from './small-catalogue.ts';

/** Findings as code and the text that they are about, without what cannot be kept. */
const defects = (text: string): readonly string[] =>
  fromCatalogue2001('c.xml', text)
    .findings.filter(({ code }) => code !== 'catalogue-lost')
    .map(({ code, at }) => `${code}: ${text.slice(at.start, at.end)}`);

const linked = (text: string) => {
  const converted = fromCatalogue2001('c.xml', text).text;
  return linkContent([{ file: 'c.patches.xml', text: converted }]);
};

describe('a converted catalogue', () => {
  const { content, findings } = linked(SMALL);
  const patch = content.patches.get('ac01-001_old-fix.exe');

  it('is content without an error', () => {
    expect(findings).toEqual([]);
    expect(lint(linked(SMALL)).filter(({ severity }) => severity === 'error')).toEqual([]);
    expect([...content.patches.keys()]).toEqual([
      'catalogue.windows-2000-service-pack-1',
      'ac01-001_old-fix.exe',
      'ac01-002_new.exe',
      'ac01-002_none.exe',
    ]);
  });

  it('keeps bulletins, dates, numbers, places and what is said of them', () => {
    expect(patch).toMatchObject({
      released: '2001-02-03',
      revised: '2001-03-04',
      kb: ['KB100001'],
      reboot: 'required',
    });
    expect(patch?.url).toEqual(['http://fix.example.invalid/a%20b']);
    expect(patch?.documentation).toBe('For some - - not all.');
    const bulletin = content.bulletins.get('ac01-001');
    expect(bulletin).toMatchObject({ title: 'Acme & others', documentation: 'It is too <open>.' });
  });

  it('keeps the service packs of Windows 2000, and is for no one whose product cannot be found', () => {
    expect(patch?.fixes.map(({ name }) => name)).toEqual(['windows-2000-sp0', 'windows-2000-sp1']);
    const product = content.products.get('catalogue.acme-editor-2.0');
    const [find] = product?.variants[0]?.finds ?? [];
    expect(find).toMatchObject({ kind: 'installed-when', condition: { kind: 'any', of: [] } });
    const pack = content.patches.get('catalogue.windows-2000-service-pack-1');
    expect(pack).toMatchObject({ class: 'service-pack', released: '2000-07-31', verdict: { kind: 'installed-when' } });
  });

  it('keeps what is changed, changed if there, and deleted, and warns where the registry has no trace', () => {
    const text = fromCatalogue2001('c.xml', SMALL).text;
    expect(text).toContain(String.raw`<file path="%windir%\system32\a.dll" property="version" at-least="5.0.2195.1"/>`);
    expect(text).toContain(String.raw`b.dll" property="version" at-least="5.0.2195.2" if-present="true"/>`);
    expect(text).toContain(String.raw`<file path="%windir%\system32\c.dll" is="absent"/>`);
    expect(patch?.warn).toHaveLength(1);
    expect(text).toContain(String.raw`<key path="HKLM\SOFTWARE\Acme\Hotfix\Q100001" value="Installed" equals="1"/>`);
    expect(content.patches.get('ac01-002_none.exe')?.verdict.kind).toBe('note');
  });

  it('keeps supersedence', () => {
    expect(content.supersedence.map(({ newer, older }) => `${newer} > ${older}`)).toEqual([
      'AC01-002_new.exe > AC01-001_old-fix.exe',
    ]);
  });

  it('says by element and place what it could not keep', () => {
    const lost = fromCatalogue2001('c.xml', SMALL).findings.filter(({ code }) => code === 'catalogue-lost');
    const said = lost.map(({ message, at }) => `${SMALL.slice(at.start, at.end)} ${message}`).join('\n');
    expect(said).toContain('"14" The change of `d.dll` is left out: it has no version');
    expect(said).toContain('"Acme Editor 2.0" The catalogue does not say how to find');
    expect(said).toContain('`Checksum` of `FileChange` has no place in our content and is left out, 2 times');
    expect(said).toContain('The edition of Windows 2000 is left out');
  });
});

describe('the defects of a catalogue', () => {
  it('are none where there are none', () => {
    expect(defects(SMALL)).toEqual([]);
  });

  it.each([
    ['a duplicate id', '<File FileID="2"', '<File FileID="1"', 'catalogue-duplicate: "1"'],
    ['a patch twice', 'PatchName="none.exe"', 'PatchName="NEW.EXE"', 'catalogue-duplicate: "NEW.EXE"'],
    [
      'a dangling file change',
      '<FileChg FileChangeID="12"/>',
      '<FileChg FileChangeID="99"/>',
      'catalogue-dangling: "99"',
    ],
    ['a dangling product', 'ProductID="2" FixedInSP=""', 'ProductID="77" FixedInSP=""', 'catalogue-dangling: "77"'],
    ['a dangling list of newer patches', 'SBID="0"', 'SBID="8"', 'catalogue-dangling: "8"'],
    [
      'a newer patch that is not there',
      'SupercededPatch PatchName="new.exe"',
      'SupercededPatch PatchName="x.exe"',
      'catalogue-dangling: "x.exe"',
    ],
    ['a blank', 'Name="b.dll"', 'Name="b.dll "', 'catalogue-blank: "b.dll "'],
    ['an orphan', '<Comments>', '<Comments><Comment CommentID="2" Text="x"/>', 'catalogue-orphan: "2"'],
    [
      'a misplaced element',
      '<ProductFamilies/><AvailableSPs/>',
      '<AvailableSP ServicePackID="2"/>',
      'catalogue-misplaced: AvailableSP',
    ],
    ['a bad date', '2001/03/04', '2001/13/04', 'catalogue-value: "2001/13/04"'],
    ['a change of another key', 'RegKeyID="5" LocationID', 'RegKeyID="6" LocationID', 'catalogue-value: "6"'],
    ['an empty command', 'Version="na" CommandID="c"', 'Version="na" CommandID=""', 'catalogue-value: ""'],
    ['a patch that supersedes itself', 'SBID="0"', 'SBID="1"', 'catalogue-supersedence: "1"'],
    ['a newer patch that is older', 'DatePosted="2001/05/06"', 'DatePosted="2000/05/06"', 'catalogue-value: "1"'],
    ['what is not well-formed', '</Commands>', '', 'xml-unclosed: <Commands'],
  ])('are found: %s', (_, from, to, expected) => {
    expect(SMALL).toContain(from);
    expect(defects(SMALL.replace(from, to))).toContain(expected);
  });

  it('are found in a circle of patches, once', () => {
    const back =
      '<SupercededBy SBID="2"><SupercededBulletins><SupercededBulletin BulletinID="AC01-001"><SupercededPatches><SupercededPatch PatchName="old fix.exe"/></SupercededPatches></SupercededBulletin></SupercededBulletins></SupercededBy></SupercededBys>';
    const circle = SMALL.replace('SBID="0"', 'SBID="2"').replace('</SupercededBys>', back);
    expect(defects(circle).filter((one) => one.startsWith('catalogue-supersedence'))).toHaveLength(1);
  });

  it('never make it throw, and what it writes can be read', () => {
    for (const text of mutations(SMALL, 800, 7)) {
      const { findings, text: written } = fromCatalogue2001('c.xml', text);
      for (const { at } of findings) expect(at.start >= 0 && at.start <= at.end && at.end <= text.length).toBe(true);
      const wrong = linkContent([{ file: 'c.patches.xml', text: written }]).findings;
      expect(
        wrong.filter(({ code }) => code.startsWith('xml-') && !['xml-value', 'xml-content'].includes(code)),
      ).toEqual([]);
    }
  });

  it('have codes that docs/catalogue-2001.md explains', () => {
    const page = readFileSync(path.join(import.meta.dirname, '../../../docs/catalogue-2001.md'), 'utf8');
    for (const [code, { severity, summary }] of Object.entries(CATALOGUE_DIAGNOSTICS)) {
      expect(page).toContain(`| [${code}](diagnostics/${code}.md) | ${severity} | ${summary} |`);
    }
  });
});

it('a catalogue is known by its root element alone', () => {
  expect(isCatalogue(SMALL)).toBe(true);
  expect(isCatalogue('<!-- <BulletinDatastore> --><patches/>')).toBe(false);
  expect(isCatalogue(`${'<!-- -->'.repeat(5000)}<patches/>`)).toBe(false);
});

describe('the commands', { timeout: 180_000 }, () => {
  const folder = async (files: Readonly<Record<string, string>>): Promise<string> => {
    const made = await mkdtemp(path.join(os.tmpdir(), 'patchlab-convert-'));
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(made, name), text);
    return made;
  };

  it('check lists the defects of a catalogue with their lines', async () => {
    const cwd = await folder({
      'c.xml': SMALL.replace('<FileChg FileChangeID="12"/>', '<FileChg FileChangeID="99"/>'),
    });
    const { code, out } = await runCli(['check', '--format', 'json', 'c.xml'], { cwd });
    expect(code).toBe(1);
    const { findings } = JSON.parse(out) as { findings: { code: string; line: number; column: number }[] };
    expect(findings.filter((one) => one.code === 'catalogue-dangling')).toMatchObject([{ line: 11, column: 66 }]);
  });

  it('convert writes a catalogue as content that check finds no error in', async () => {
    const cwd = await folder({ 'c.xml': SMALL });
    const { code, err } = await runCli(['convert', '--from', 'catalogue-2001', 'c.xml', '--out', 'c.patches.xml'], {
      cwd,
    });
    expect([code, err]).toEqual([0, expect.stringMatching(/^catalogue-lost: \d+\n$/)]);
    expect(await readFile(path.join(cwd, 'c.patches.xml'), 'utf8')).toContain('<bulletin');
    expect((await runCli(['check', '.'], { cwd })).code).toBe(0);
  });

  it('convert writes a script as XML, and both check together', async () => {
    const cwd = await folder({ 'a.detect': 'check a { file "%windir%\\a" exists }\n# Why.\ncheck b { check a }\n' });
    const { code, out } = await runCli(['convert', '--from', 'detect', 'a.detect'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('<!-- Why. -->\n  <check id="b">\n    <check ref="a"/>');
    await writeFile(
      path.join(cwd, 'b.patches.xml'),
      '<patches><check id="c"><check ref="A"/><check ref="d"/></check></patches>',
    );
    const checked = await runCli(['check', '.'], { cwd });
    expect(checked.code).toBe(1);
    expect(checked.out).toContain('b.patches.xml:1:52:');
    expect(checked.out).toContain('2 files');
  });

  it('convert writes XML as a script', async () => {
    const cwd = await folder({
      'a.patches.xml': '<patches><check id="a"><file path="%windir%\\a" exists="true"/></check></patches>',
    });
    const args = ['convert', '--from', 'patches', 'a.patches.xml', '--out', 'a.detect'];
    expect(await runCli(args, { cwd })).toMatchObject({ code: 0, out: '', err: '' });
    expect(await readFile(path.join(cwd, 'a.detect'), 'utf8')).toBe('check a {\n  file "%windir%\\a" exists\n}\n');
  });

  it('scan judges a recorded machine by XML as by the scripts that it was converted from', async () => {
    const samples = readdirSync('samples').filter((name) => name.endsWith('.detect'));
    const xml = samples.map((name) => {
      const text = readFileSync(path.join('samples', name), 'utf8');
      return [name.replace('.detect', '.patches.xml'), scriptToXml(name, text).text] as const;
    });
    const inXml = readdirSync('samples').filter((name) => name.endsWith('.patches.xml'));
    expect(inXml.length).toBeGreaterThan(0);
    const asTheyAre = inXml.map((name) => [name, readFileSync(path.join('samples', name), 'utf8')] as const);
    const twins = asTheyAre.map(
      ([name, text]) => [name.replace('.patches.xml', '.detect'), xmlToScript(name, text).text] as const,
    );
    // Every other sample stays a script: patches and products find each other across.
    const mixed = xml.map(([name, text], index): readonly [string, string] => {
      const script = samples[index] ?? '';
      return index % 2 === 0 ? [name, text] : [script, readFileSync(path.join('samples', script), 'utf8')];
    });
    const verdicts = async (content: string): Promise<unknown> => {
      const args = [
        'scan',
        '--content',
        content,
        '--snapshot',
        'samples/machines/ws01.snapshot.json',
        '--format',
        'json',
      ];
      const { out } = await runCli(args);
      const { results } = JSON.parse(out) as { results: { products: unknown[]; patches: unknown[] }[] };
      const plain = results.map(({ products, patches }) => [products.length, products, patches]);
      const sorted = JSON.stringify(plain, (key, value: unknown) => (key === 'trace' ? undefined : value));
      return JSON.parse(sorted) as unknown;
    };
    const expected = await verdicts('samples');
    expect(JSON.stringify(expected)).toContain('"missing"');
    expect(await verdicts(await folder(Object.fromEntries([...xml, ...asTheyAre])))).toEqual(expected);
    expect(await verdicts(await folder(Object.fromEntries([...mixed, ...twins])))).toEqual(expected);
  });

  it('convert refuses what it cannot do', async () => {
    const cwd = await folder({ 'c.xml': SMALL });
    expect((await runCli(['convert', 'c.xml'], { cwd })).code).toBe(2);
    expect((await runCli(['convert', '--from', 'patches', 'c.xml', '--out', 'c.patches.xml'], { cwd })).code).toBe(2);
    expect((await runCli(['convert', '--from', 'catalogue-2001', 'no.xml'], { cwd })).code).toBe(2);
    expect((await runCli(['convert', '--from', 'catalogue-2001', 'c.xml', '--out', 'c.txt'], { cwd })).code).toBe(2);
  });
});
