import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { productOf } from '../../../../server/src/convert/from-machine/product.ts';
import { likelyPrograms, mainProgram } from '../../../../server/src/convert/from-machine/program-file.ts';
import { placesOf, stemOf, type UninstallEntry } from '../../../../server/src/convert/from-machine/program.ts';
import { lint } from '../../../../server/src/lint/lint.ts';
import { linkContent } from '../../../../server/src/model/link.ts';

const FOLDERS = [
  { name: 'ProgramFiles', path: 'C:\\Program Files' },
  { name: 'ProgramFiles(x86)', path: 'C:\\Program Files (x86)' },
  { name: 'windir', path: 'C:\\Windows' },
];

function written(entry: UninstallEntry, file = '7z.exe', hasVersion = true): string {
  const [place] = placesOf(entry, FOLDERS);
  if (!place) throw new Error('no place');
  const product = productOf({ entry, place, file: { name: file, hasVersion }, folders: FOLDERS, isTaken: () => false });
  if (!product.ok) throw new Error(product.problem);
  return product.text;
}

const findingsOf = (text: string): readonly string[] =>
  lint(linkContent([{ file: 'a.detect', text: `${text}\n` }])).map(({ code, severity }) => `${severity} ${code}`);

describe('a product of an Uninstall entry', () => {
  it('is found by the name that stays, proven by its program, and is as new as that', () => {
    const text = written({
      name: '7-Zip 18.01 (x64)',
      version: '18.01',
      publisher: 'Igor Pavlov',
      location: 'C:\\Program Files\\7-Zip\\',
    });
    expect(text).toMatchInlineSnapshot(`
      "product seven.zip "7-Zip" {
        vendor "Igor Pavlov"

        each app in programs where app.name matches /^7-Zip (?<release>[\\d.]+)/
        let location = app.location
        let version  = file "\${location}\\7z.exe" version else release

        # An entry alone proves nothing: uninstallers leave them behind.
        installed when file "\${location}\\7z.exe" exists
        one per location
      }"
    `);
    expect(findingsOf(text)).toEqual([]);
  });

  it('finds its folder by what the entry has: the icon, the uninstaller, or the folder that is called like it', () => {
    const by = (entry: Partial<UninstallEntry>): readonly string[] =>
      placesOf({ name: 'Fabrikam VPN Client', ...entry }, FOLDERS).map(({ by: how, folder }) => `${how} ${folder}`);
    expect(by({ icon: '"C:\\Program Files\\X\\x.exe",0' })[0]).toBe('icon C:\\Program Files\\X');
    expect(by({ uninstall: 'C:\\Program Files\\X\\uninstall.exe /S' })[0]).toBe('uninstall C:\\Program Files\\X');
    expect(by({ uninstall: 'MsiExec.exe /X{23170F69-40C1-2702-2407-000001000000}' })[0]).toMatch(/^name /);
    expect(by({ icon: 'C:\\Windows\\Installer\\{X}\\icon.exe' })[0]).toMatch(/^name /);
    expect(by({ view: '32' })).toContain('name C:\\Program Files (x86)\\Fabrikam\\VPN Client');
  });

  it('takes what is called like the product for its program, never the uninstaller', () => {
    const entry = { name: '7-Zip 18.01 (x64)', version: '18.01' };
    const place = { folder: 'C:\\x', by: 'location' } as const;
    const names = ['Uninstall.exe', '7zFM.exe', '7z.exe', 'setup.exe', '7z.dll'];
    const likely = likelyPrograms(names, entry, place);
    expect(likely).not.toContain('Uninstall.exe');
    expect(
      mainProgram(
        likely.map((name) => ({ name })),
        entry,
        place,
      )?.name,
    ).toBe('7z.exe');
    const told = [{ name: '7z.exe' }, { name: 'other.exe', version: { fileVersion: '18.1.0.0', product: '7-Zip' } }];
    expect(mainProgram(told, entry, place)?.name).toBe('other.exe');
  });

  it('leaves version and architecture out of what it is called', () => {
    expect(
      [
        '7-Zip 18.01 (x64)',
        'Mozilla Firefox 115.9.1 ESR (x64 en-US)',
        'Notepad++ (64-bit x64)',
        'Java 8 Update 202',
      ].map(stemOf),
    ).toEqual([...['7-Zip', 'Mozilla Firefox', 'Notepad++', 'Java']]);
  });

  it('is one without an error, a warning or the trap of an entry alone, whatever the entry says', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
      fc
        .array(
          fc.constantFrom(
            '"',
            '${',
            '}',
            '%',
            '%x%',
            '\\',
            '/',
            '[',
            '(',
            '(x64)',
            ' ',
            ' 1.2.3',
            'Acme',
            '#',
            '$',
            '^',
            '*',
            '💥',
            '{',
            'é',
          ),
          { minLength: 1, maxLength: 9 },
        )
        .map((parts) => parts.join('')),
    );
    const entries = fc.record({
      name: hostile,
      version: fc.option(hostile, { nil: undefined }),
      publisher: hostile,
      location: fc.constantFrom('C:\\Program Files\\A', '"D:\\x y\\"'),
      file: hostile,
      hasVersion: fc.boolean(),
    });
    fc.assert(
      fc.property(entries, ({ file, hasVersion, version, ...rest }) => {
        const entry: UninstallEntry = { ...rest, ...(version !== undefined && { version }) };
        const place = { folder: 'C:\\Program Files\\A', by: 'location' } as const;
        const name = `${file.replace(/[\\/:*?"<>|]/g, '')}.exe`;
        const product = productOf({ entry, place, file: { name, hasVersion }, folders: FOLDERS, isTaken: () => false });
        fc.pre(product.ok);
        const found = findingsOf(product.text).filter((one) => /^error|stale-entry/.test(one));
        expect([found, product.text]).toEqual([[], product.text]);
      }),
      { numRuns: 400 },
    );
  });
});
