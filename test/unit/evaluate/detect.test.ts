import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/lint/lint.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { scan, windows, type Facts, type FileFacts } from './machine.ts';

const UNINSTALL = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';
const UNINSTALL32 = 'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall';
const app = (name: string, location: string): Record<string, string> => ({
  DisplayName: name,
  InstallLocation: location,
});

const instances = (source: string, facts: Facts, target = windows()): readonly object[] =>
  (scan(source, facts, { target }).products[0]?.instances ?? []).map(({ state, version, path }) => ({
    state,
    version,
    path,
  }));

const EDITOR = `product editor {
  each app in programs where app.name matches /^Editor (?<release>[\\d.]+)/
  let location = app.location
  let version = file "\${location}\\editor.exe" version else release
  installed when file "\${location}\\editor.exe" exists
  one per location
}`;

describe('instances', () => {
  const two: Facts = {
    keys: {
      [`${UNINSTALL}\\A`]: app('Editor 3.0', 'C:\\A\\'),
      [`${UNINSTALL32}\\B`]: app('Editor 2.0', 'C:\\B'),
      [`${UNINSTALL}\\C`]: app('Other', 'C:\\C'),
    },
    files: { 'C:\\A\\editor.exe': '3.0.1', 'C:\\B\\editor.exe': {} },
  };

  it('are found in both views, with names of captures and files', () => {
    const { products } = scan(EDITOR, two);
    expect(products[0]?.instances).toMatchObject([
      { instance: 0, state: 'installed', version: '3.0.1', path: 'C:\\A', architecture: 'x64' },
      { instance: 1, state: 'installed', version: '2.0', path: 'C:\\B', architecture: 'x86' },
    ]);
  });

  it('one per location keeps the 64-bit one of two that lie in one folder, whatever the spelling', () => {
    const same = { ...two, keys: { ...two.keys, [`${UNINSTALL32}\\B`]: app('Editor 2.0', 'c:\\a') } };
    expect(instances(EDITOR, same)).toEqual([{ state: 'installed', version: '3.0.1', path: 'C:\\A' }]);
  });

  it('one whose location cannot be read may be the same as a later one, which is then unknown', () => {
    const denied = { ...two, unreadable: [`value|${UNINSTALL}\\A|InstallLocation`] };
    expect(instances(EDITOR, denied)).toMatchObject([{ state: 'unknown' }, { state: 'unknown', path: 'C:\\B' }]);
  });

  it('a where that cannot be judged leaves an unknown instance, one that is false none', () => {
    const denied = { ...two, unreadable: [`value|${UNINSTALL}\\C|DisplayName`] };
    expect(instances(EDITOR, denied)).toHaveLength(2);
    const there = { ...denied, files: { ...two.files, 'C:\\C\\editor.exe': '1.0' } };
    expect(scan(EDITOR, there).products[0]?.instances[1]).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('value "DisplayName"') as string,
    });
  });

  it('a list that cannot be read is an unknown instance, not none', () => {
    expect(instances(EDITOR, { unreadable: [`subkeys|${UNINSTALL32}`] })).toEqual([
      { state: 'unknown', version: null, path: null },
    ]);
  });

  it('installed when is proof: false removes, unknown stays unknown', () => {
    expect(instances(EDITOR, { keys: two.keys ?? {} })).toEqual([]);
    const denied = { ...two, unreadable: ['file|C:\\A\\editor.exe'] };
    expect(instances(EDITOR, denied)).toMatchObject([{ state: 'unknown', version: '3.0.1' }, { state: 'installed' }]);
  });

  it('nested each uses what stands above it', () => {
    const source = `product cms {
      each k in keys "HKLM\\SOFTWARE\\Cms\\*" where k.kind = "site"
      each s in keys "\${k.path}\\*" where s value "Path" exists
      let location = s.path2 else s value "Path"
    }`;
    const facts: Facts = {
      keys: {
        'HKLM\\SOFTWARE\\Cms\\1': { Kind: 'site' },
        'HKLM\\SOFTWARE\\Cms\\1\\a': { Path: 'C:\\1a' },
        'HKLM\\SOFTWARE\\Cms\\1\\b': {},
        'HKLM\\SOFTWARE\\Cms\\2': { Kind: 'other' },
        'HKLM\\SOFTWARE\\Cms\\2\\a': { Path: 'C:\\2a' },
      },
    };
    expect(instances(source, facts)).toMatchObject([{ path: 'C:\\1a' }]);
  });

  it('keys that Windows shares between views are one', () => {
    const source =
      'product p { each k in keys "HKLM\\SOFTWARE\\Policies\\*", "HKLM\\SYSTEM\\X" view both let location = k.path }';
    const facts: Facts = { keys: { 'HKLM\\SOFTWARE\\Policies\\A': {}, 'HKLM\\SYSTEM\\X': {} } };
    expect(instances(source, facts)).toHaveLength(2);
  });

  it('variants are united in their order', () => {
    const source = `product p {
      variant "key" { each k in keys "HKLM\\SOFTWARE\\P" let location = k value "Path" }
      variant "folder" { each f in folders "%ProgramFiles%\\P*" let location = f.path }
      one per location
    }`;
    const facts: Facts = {
      keys: { 'HKLM\\SOFTWARE\\P': { Path: 'C:\\Program Files\\P1' } },
      files: { 'C:\\Program Files\\P1\\x': {}, 'C:\\Program Files\\P2\\x': {}, 'C:\\Program Files\\Q\\x': {} },
    };
    expect(instances(source, facts)).toMatchObject([
      { path: 'C:\\Program Files\\P1' },
      { path: 'C:\\Program Files\\P2' },
    ]);
  });

  it('files are found through wildcards, folders on the way and files at the end', () => {
    const source = 'product p { each f in files "C:\\P\\*\\v?\\a*.exe" let location = f.path let version = f.version }';
    const facts: Facts = {
      files: {
        'C:\\P\\1\\v2\\app.exe': '1.0',
        'C:\\P\\2\\v10\\app.exe': '2.0',
        'C:\\P\\3\\v3\\b.exe': '3.0',
        'C:\\P\\v1\\app.exe': '4.0',
      },
    };
    expect(instances(source, facts)).toMatchObject([{ path: 'C:\\P\\1\\v2\\app.exe', version: '1.0' }]);
  });

  it('a version that is none is unknown and no guess', () => {
    const source =
      'product p { let version = key "HKLM\\SOFTWARE\\P" value "V" } patch X fixes p >= 2 { installed when version >= 2.1 }';
    const scanned = scan(source, { keys: { 'HKLM\\SOFTWARE\\P': { V: 'seven' } } });
    expect(scanned.products[0]?.instances[0]).toMatchObject({
      state: 'installed',
      version: null,
      reason: expect.stringContaining('`seven` is no version') as string,
    });
    expect(scanned.patches[0]?.status).toBe('unknown');
  });

  it('a product for another Windows or architecture asks nothing', () => {
    expect(scan(`product p { on windows-11 each app in programs let location = app.location }`, two).rounds).toEqual(
      [],
    );
    expect(scan(`product p { arch arm64 each app in programs let location = app.location }`, two).rounds).toEqual([]);
  });

  it('products that ask for each other come to an end', () => {
    const source = `
      product a { let version = "1.0" installed when product b is installed }
      product b { let version = "1.0" installed when product a is installed }`;
    const { products } = scan(source, {});
    expect(products.map((one) => one.instances.map(({ state }) => state))).toEqual([['unknown'], ['unknown']]);
  });
});

describe('rounds', () => {
  it('three dependent reads take three rounds, however many products do the same', () => {
    const product = (id: string): string => `product ${id} {
      let home = key "HKLM\\SOFTWARE\\${id}" value "Home"
      let file-name = file "\${home}\\name.txt" text
      let version = file "\${home}\\\${file-name}" version
    }`;
    const ids = ['a1', 'b2', 'c3', 'd4'];
    const facts: Facts = {
      keys: Object.fromEntries(ids.map((id) => [`HKLM\\SOFTWARE\\${id}`, { Home: `C:\\${id}` }])),
      files: Object.fromEntries<FileFacts | string>(
        ids.flatMap((id): [string, FileFacts | string][] => [
          [`C:\\${id}\\name.txt`, { text: 'x.exe' }],
          [`C:\\${id}\\x.exe`, '1.0'],
        ]),
      ),
    };
    const { rounds, products } = scan(ids.map(product).join('\n'), facts);
    expect(products.map((one) => one.instances[0]?.version)).toEqual(['1.0', '1.0', '1.0', '1.0']);
    expect(rounds.map((round) => round.length)).toEqual([4, 4, 4]);
  });

  it('where comes before the rest: an element it refuses costs nothing more', () => {
    const facts: Facts = { keys: { [`${UNINSTALL}\\C`]: app('Other', 'C:\\C') } };
    const asked = scan(EDITOR, facts).rounds.flat();
    expect(asked.filter((id) => id.includes('uninstall\\c'))).toEqual([
      `value|${UNINSTALL}\\c|displayname`.toLowerCase(),
    ]);
  });

  it('what several products need is asked for once', () => {
    const again = EDITOR.replace('product editor', 'product editor-too');
    const facts: Facts = {
      keys: { [`${UNINSTALL}\\A`]: app('Editor 3.0', 'C:\\A') },
      files: { 'C:\\A\\editor.exe': '3.0' },
    };
    expect(scan(`${EDITOR}\n${again}`, facts).rounds).toEqual(scan(EDITOR, facts).rounds);
  });
});

describe('let … in', () => {
  const SETUP = 'HKLM\\SOFTWARE\\Acme\\Setup';
  const facts = (unreadable: readonly string[] = []): Facts => ({
    keys: {
      'HKLM\\SOFTWARE\\Acme\\Product': { Path: 'C:\\Acme' },
      [`${SETUP}\\1`]: { Build: '1.0' },
      [`${SETUP}\\2`]: { Build: '2.0', Ready: 1 },
      [`${SETUP}\\3`]: { Build: '3.0', Ready: 1 },
    },
    unreadable,
  });
  const script = (where: string): string => `product p {
    each k in keys "HKLM\\SOFTWARE\\Acme\\Product"
    let s in keys "${SETUP}\\*" where ${where}
    let location = k value "Path"
    let version = s value "Build" else "0.1"
  }`;
  const versions = (where: string, unreadable?: readonly string[]): readonly unknown[] =>
    (scan(script(where), facts(unreadable)).products[0]?.instances ?? []).map(({ version }) => version);

  it('binds the first element that fits, and makes no instance of the others', () => {
    expect(versions('s value "Ready" exists')).toEqual(['2.0']);
  });

  it('has nothing where none fits, so that else goes on', () => {
    expect(versions('s value "Ready" = 7')).toEqual(['0.1']);
    expect(versions('s value "Ready" matches /(?<ready>x)/')).toEqual(['0.1']);
  });

  it('is unreadable where one before it cannot be looked at', () => {
    expect(versions('s value "Ready" exists', [`value|${SETUP}\\1|Ready`])).toEqual([null]);
    expect(versions('s value "Ready" exists', [`value|${SETUP}\\3|Ready`])).toEqual(['2.0']);
    expect(versions('s value "Ready" exists', [`subkeys|${SETUP}`])).toEqual([null]);
  });

  it('binds the named groups of its where', () => {
    const source = `product p { let s in keys "${SETUP}\\*" where s value "Build" matches /^(?<major>[23])/ let version = major }`;
    expect(scan(source, facts()).products[0]?.instances).toMatchObject([{ version: '2' }]);
  });

  it('is to be used, by more than its own where', () => {
    const codes = (use: string): readonly string[] =>
      lint(linkContent([{ file: 'a.detect', text: `product p { let s in programs where s.name = "A" ${use} }` }])).map(
        ({ code }) => code,
      );
    expect(codes('let version = "1.0"')).toContain('unused-name');
    expect(codes('let version = s.version')).not.toContain('unused-name');
    expect(codes('installed when s.path exists')).not.toContain('unused-name');
  });

  it('belongs to a product', () => {
    const { findings } = linkContent([
      { file: 'a.detect', text: 'patch P fixes windows { let s in programs missing when s.name exists }' },
    ]);
    expect(findings.map(({ code }) => code)).toContain('misplaced-statement');
  });
});
