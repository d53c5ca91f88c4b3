import { describe, expect, it } from 'vitest';
import { faulty, scan, statuses, windows, type Facts } from './machine.ts';

/** A product with one file a patch: `C:\P\PATCH.dll` at 2.0 or above means that the patch is installed. */
const PRODUCT =
  'product p { let location = "C:\\P" let version = file "C:\\P\\p.exe" version installed when version exists }';
const patch = (id: string, more = '', fixes = 'p'): string =>
  `patch ${id} fixes ${fixes} { installed when file "C:\\P\\${id}.dll" version >= 2.0 ${more} }`;
const machine = (versions: Readonly<Record<string, string>>, unreadable: readonly string[] = []): Facts => ({
  files: {
    'C:\\P\\p.exe': '1.0',
    ...Object.fromEntries(Object.entries(versions).map(([id, version]) => [`C:\\P\\${id}.dll`, version])),
  },
  unreadable: unreadable.map((id) => `version|C:\\P\\${id}.dll`),
});
const chain = [PRODUCT, patch('A'), patch('B', 'supersedes A'), patch('C', 'supersedes B')].join('\n');
const short = (scanned: ReturnType<typeof scan>): Readonly<Record<string, string>> =>
  Object.fromEntries(scanned.patches.map((one) => [one.id, one.status]));
const read = (scanned: ReturnType<typeof scan>): readonly string[] =>
  scanned.rounds
    .flat()
    .filter((id) => id.endsWith('.dll'))
    .map((id) => id.slice(-5, -4).toUpperCase());

describe('the head of a chain decides', () => {
  it('head installed: the older are effectively installed and cost no read', () => {
    const scanned = scan(chain, machine({ C: '2.0' }));
    expect(short(scanned)).toEqual({ A: 'effectively installed', B: 'effectively installed', C: 'installed' });
    expect(read(scanned)).toEqual(['C']);
    expect(scanned.patches[0]).toMatchObject({ head: 'C', reason: 'superseded by C, which is installed' });
  });

  it('head missing: the older are superseded and cost no read', () => {
    const scanned = scan(chain, machine({ A: '2.0', B: '2.0' }));
    expect(short(scanned)).toEqual({ A: 'superseded', B: 'superseded', C: 'missing' });
    expect(read(scanned)).toEqual(['C']);
  });

  it('head unknown: the older is scanned, and its missing becomes unknown', () => {
    const missing = scan(chain, machine({}, ['C']));
    expect(short(missing)).toEqual({ A: 'unknown', B: 'unknown', C: 'unknown' });
    expect(read(missing)).toEqual(['C', 'B', 'A']);
    const installed = scan(chain, machine({ B: '2.0' }, ['C']));
    expect(short(installed)).toEqual({ A: 'effectively installed', B: 'installed', C: 'unknown' });
  });

  it('head a note: as if it were not there, but what supersedes the note still counts', () => {
    const source = [PRODUCT, patch('A'), 'patch N fixes p { note "see the bulletin" supersedes A }'].join('\n');
    expect(short(scan(source, machine({})))).toEqual({ A: 'missing', N: 'note' });
    const above = scan(`${source}\n${patch('C', 'supersedes N')}`, machine({ C: '2.0' }));
    expect(short(above)).toEqual({ A: 'effectively installed', N: 'note', C: 'installed' });
  });

  it('head excluded by the template: as if it were not there', () => {
    const scanned = scan(chain, machine({ C: '2.0' }), { without: ['C'] });
    expect(short(scanned)).toEqual({ A: 'superseded', B: 'missing' });
    expect(read(scanned)).toEqual(['B']);
  });

  it('head not applicable: the chain breaks at that hop', () => {
    const source = [PRODUCT, patch('A'), patch('B', 'supersedes A on windows-11'), patch('C', 'supersedes B')].join(
      '\n',
    );
    expect(short(scan(source, machine({ C: '2.0' })))).toEqual({ A: 'missing', B: 'not applicable', C: 'installed' });
  });

  it('of several heads an installed one wins over a missing one', () => {
    const source = [PRODUCT, patch('A'), patch('B', 'supersedes A'), patch('C', 'supersedes A')].join('\n');
    expect(short(scan(source, machine({ B: '2.0' })))).toEqual({
      A: 'effectively installed',
      B: 'installed',
      C: 'missing',
    });
    expect(short(scan(source, machine({})))).toEqual({ A: 'superseded', B: 'missing', C: 'missing' });
  });

  it('counts for the instances that both apply to, and no others', () => {
    const source = [
      'product q { each f in folders "C:\\Q\\*" let location = f.path let version = file "${location}\\q.exe" version }',
      'patch OLD fixes q { installed when version >= 1.5 }',
      'patch NEW fixes q >= 2.0 { installed when version >= 2.5 supersedes OLD }',
    ].join('\n');
    const facts: Facts = { files: { 'C:\\Q\\1\\q.exe': '1.0', 'C:\\Q\\2\\q.exe': '2.0', 'C:\\Q\\3\\q.exe': '3.0' } };
    expect(statuses(scan(source, facts))).toEqual({
      'OLD q#0': 'missing',
      'OLD q#1': 'superseded',
      'OLD q#2': 'effectively installed',
      'NEW q#0': 'not applicable',
      'NEW q#1': 'missing',
      'NEW q#2': 'installed',
    });
  });

  it('patches that supersede each other in a circle are each judged for themselves', () => {
    const source = [
      PRODUCT,
      patch('A', 'supersedes C'),
      patch('B', 'supersedes A'),
      patch('C', 'supersedes B'),
      patch('D', 'supersedes D'),
    ].join('\n');
    const scanned = scan(faulty(source), machine({ B: '2.0' }));
    expect(short(scanned)).toEqual({ A: 'missing', B: 'installed', C: 'missing', D: 'missing' });
  });

  it('a chain of 5,000 comes to an end, with one read', () => {
    const ids = Array.from({ length: 5000 }, (_, index) => `P${index}`);
    const source = [PRODUCT, ...ids.map((id, index) => patch(id, index === 0 ? '' : `supersedes P${index - 1}`))].join(
      '\n',
    );
    const scanned = scan(source, { files: { 'C:\\P\\p.exe': '1.0' } });
    expect(scanned.patches.filter((one) => one.status === 'superseded')).toHaveLength(4999);
    expect(scanned.rounds.flat()).toHaveLength(2);
  });
});

describe('included patches are scanned although they are pruned', () => {
  it('superseded ones where the head is missing', () => {
    const scanned = scan(chain, machine({ A: '2.0' }), { include: ['superseded'] });
    expect(short(scanned)).toEqual({ A: 'installed', B: 'superseded', C: 'missing' });
    expect(scanned.patches.every((one) => one.trace !== undefined)).toBe(true);
    expect([...read(scanned)].toSorted()).toEqual(['A', 'B', 'C']);
  });

  it('effectively installed ones where the head is installed', () => {
    const scanned = scan(chain, machine({ A: '2.0', C: '2.0' }), { include: ['effectively-installed'] });
    expect(short(scanned)).toEqual({ A: 'installed', B: 'effectively installed', C: 'installed' });
    expect(read(scan(chain, machine({ A: '2.0', C: '2.0' }), { include: ['superseded'] }))).toEqual(['C']);
  });

  it('in one round where both are included', () => {
    const scanned = scan(chain, machine({}), { include: ['superseded', 'effectively-installed'] });
    expect(scanned.rounds).toHaveLength(2);
  });
});

describe('a status', () => {
  it('is by the kind of condition', () => {
    const source = [
      PRODUCT,
      'patch A fixes p { missing when version < 2.0 }',
      'patch B fixes p { missing when version > 2.0 }',
      'patch C fixes p { missing always "our inventory" }',
      'patch D fixes p { note "undecidable" }',
      'patch E fixes p',
      'patch F fixes p >= 2.0 { installed when version >= 3.0 }',
      'patch G fixes p { arch arm64 installed when version >= 3.0 }',
    ].join('\n');
    const scanned = scan(source, machine({}));
    expect(short(scanned)).toEqual({
      A: 'missing',
      B: 'installed',
      C: 'missing',
      D: 'note',
      E: 'note',
      F: 'not applicable',
      G: 'not applicable',
    });
    expect(scanned.patches[2]?.reason).toBe('our inventory');
  });

  it('of an instance that may not be there is unknown, and nothing is read for it', () => {
    const denied: Facts = { ...machine({ A: '2.0' }), unreadable: ['version|C:\\P\\p.exe'] };
    const scanned = scan([PRODUCT, patch('A')].join('\n'), denied);
    expect(short(scanned)).toEqual({ A: 'unknown' });
    expect(read(scanned)).toEqual([]);
    expect(scanned.patches[0]?.reason).toContain('access denied');
  });

  it('says how an installed patch was recognised', () => {
    const seven = windows({ version: '6.1.7601.0', build: 7601, ubr: null, servicePack: 1 });
    const source = [
      'patch A fixes windows { installed when file "C:\\a.dll" version >= 1.0 }',
      'patch B fixes windows { installed when key "HKLM\\SOFTWARE\\B" exists and file "C:\\a.dll" version >= 1.0 }',
      'patch C fixes windows-7 { class service-pack installed when windows.service-pack >= 1 }',
      'patch D fixes windows { installed when key "HKLM\\SOFTWARE\\None" exists or file "C:\\a.dll" version >= 1.0 }',
    ].join('\n');
    const facts: Facts = { keys: { 'HKLM\\SOFTWARE\\B': {} }, files: { 'C:\\a.dll': '1.0' } };
    const hows = scan(source, facts, { target: seven }).patches.map((one) => one.how);
    expect(hows).toEqual(['by files', 'explicit', 'by service pack', 'by files']);
  });

  it('warns when a file is newer than the definition expects and it asks for that', () => {
    const source = (warn: string): string => [PRODUCT, patch('A', warn)].join('\n');
    const warning = (warn: string, version: string): string | null | undefined =>
      scan(source(warn), machine({ A: version })).patches[0]?.warning;
    expect(warning('warn when newer', '2.1')).toBe('C:\\P\\A.dll is 2.1, newer than 2.0');
    expect(warning('warn "look twice" when newer', '2.1')).toContain('look twice');
    expect(warning('warn when newer', '2.0')).toBeNull();
    expect(warning('', '2.1')).toBeNull();
    expect(warning('warn "old Windows" when windows.build < 99999', '2.0')).toBe('old Windows');
  });

  it('for Windows names the Windows of the definition that the machine is', () => {
    const source =
      'patch A fixes windows-11-24h2, windows-10-22h2 { installed when windows.version >= 10.0.19045.3570 } patch B fixes server-2019 { missing always }';
    expect(statuses(scan(source, {}))).toEqual({ 'A windows-10-22h2#0': 'installed' });
  });

  it('sees the names of its instance and of its own lets', () => {
    const source = [
      PRODUCT,
      'patch A fixes p { let core = "${location}\\core.dll" installed when file "${core}" version >= version }',
    ].join('\n');
    const at = (core: string): Facts => ({ files: { 'C:\\P\\p.exe': '1.0', 'C:\\P\\core.dll': core } });
    expect(short(scan(source, at('1.0')))).toEqual({ A: 'installed' });
    expect(short(scan(source, at('0.9')))).toEqual({ A: 'missing' });
  });
});
