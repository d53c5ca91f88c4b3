import { describe, expect, it } from 'vitest';
import { linkContent } from '../../../../server/src/model/link.ts';
import { testsOf } from '../../../../server/src/model/tests.ts';
import { runTests, type TestRun } from '../../../../server/src/scan/content-tests/run.ts';

const FILE = 'samples/t.detect';

const CONTENT = `
product app "App" {
  each k in keys "HKLM\\SOFTWARE\\App\\*" view both
  let location = k value "Path"
  let version = file "\${location}\\app.exe" version
  installed when file "\${location}\\app.exe" exists
}
product mine "Mine" { each k in keys "HKCU\\Software\\Mine\\*"  installed when k value "On" = 1 }
product packed "Packed" { installed when msi {23170F69-40C1-2702-2407-000001000000} is installed }
product upgraded "Upgraded" {
  let version = msi upgrade-code {12345678-9ABC-DEF0-1122-334455667788} version
  installed when msi upgrade-code {12345678-9ABC-DEF0-1122-334455667788} is installed
}
product listed "Listed" { installed when key "HKLM\\SYSTEM\\L" value "Roles" any = "b" }
product old "Old" { installed when file "C:\\o.txt" modified older than 30d and file "C:\\o.txt" text contains "go" }
patch A-1 fixes app { installed when version >= 2.0 }
patch A-2 fixes app { supersedes A-1  installed when version >= 3.0 }
patch W-1 fixes windows-10, server-2019 { installed when windows.revision >= 100 }
patch H-1 fixes windows { installed when hotfix KB5034441 is installed }
patch E-1 fixes windows { missing when windows.edition is home or windows.arch is x86 }
patch S-1 fixes windows { missing when service "Spooler" is running and service "Spooler" start is automatic }
bulletin B-1 "b" { patch B-2 fixes windows { note "n" } }
`;

async function run(body: string): Promise<readonly TestRun[]> {
  const text = `${CONTENT}\ntest "t" {\n${body}\n}\n`;
  const linked = linkContent([{ file: FILE, text }]);
  return runTests({
    ...{ tests: testsOf(FILE, text), contentOf: () => linked.content },
    ...{ signal: new AbortController().signal, accounts: false },
  });
}

async function one(body: string): Promise<TestRun> {
  const [first, ...more] = await run(body);
  if (!first || more.length > 0) throw new Error('it is not one run');
  return first;
}

const APP = (at: number, version: string): string => `
  given key "HKLM\\SOFTWARE\\App\\${at}" value "Path" = "C:\\App${at}"
  given file "C:\\App${at}\\app.exe" version = ${version}
`;

/** Lines that must hold, and for each one that must not. */
const TABLE: readonly (readonly [what: string, givens: string, met: string, unmet: string])[] = [
  ['one installation', APP(1, '1.5'), 'app installed', 'app not installed'],
  ['its property', APP(1, '1.5'), 'app version = 1.5', 'app installed version > 2.0'],
  ['a number', `${APP(1, '1.5')}${APP(2, '3.5')}`, 'app installed 2 times', 'app installed 1 times'],
  ['some of several', `${APP(1, '1.5')}${APP(2, '3.5')}`, 'app version = 3.5', 'app installed 2 times version = 3.5'],
  ['no installation', '', 'app not installed', 'app installed'],
  ['a patch', APP(1, '1.5'), 'A-2 missing', 'A-2 installed'],
  ['a patch for a product', APP(1, '3.5'), 'A-2 for app installed', 'A-2 for mine installed'],
  ['one superseded', APP(1, '1.5'), 'A-1 superseded', 'A-1 missing'],
  ['one effectively installed', APP(1, '3.5'), 'A-1 effectively installed', 'A-1 installed'],
  ['one that is for nothing here', '', 'A-1 not applicable', 'A-1 missing'],
  [
    'a view',
    'given key "HKLM\\SOFTWARE\\App\\1" view 32 value "Path" = "C:\\A"\n given file "C:\\A\\app.exe" version = 1.0',
    'app installed',
    'app unknown',
  ],
  ['a key that cannot be read', 'given key "HKLM\\SOFTWARE\\App" is unknown', 'app unknown', 'app not installed'],
  [
    'a file that cannot be read',
    `${APP(1, '1.5')} given file "C:\\App1\\app.exe" is unknown`,
    'app unknown',
    'app installed',
  ],
  ['a patch of what is unknown', 'given key "HKLM\\SOFTWARE\\App" is unknown', 'A-2 unknown', 'A-2 missing'],
  ['something of a user', 'given key "HKCU\\Software\\Mine\\1" value "On" = 1', 'mine installed', 'mine not installed'],
  ['a package', 'given msi {23170F69-40C1-2702-2407-000001000000} is installed', 'packed installed', 'packed unknown'],
  [
    'a package by its upgrade code',
    'given msi upgrade-code {12345678-9ABC-DEF0-1122-334455667788} version = 4.0',
    'upgraded installed version = 4.0',
    'upgraded version = 5.0',
  ],
  [
    'entries of a list',
    'given key "HKLM\\SYSTEM\\L" value "Roles" any = "a"\n given key "HKLM\\SYSTEM\\L" value "Roles" any = "b"',
    'listed installed',
    'listed not installed',
  ],
  [
    'an old text',
    'given file "C:\\o.txt" modified = 2020-01-01\n given file "C:\\o.txt" text = "let us go"',
    'old installed',
    'old not installed',
  ],
  ['a hotfix', 'given hotfix KB5034441 is installed', 'H-1 installed', 'H-1 missing'],
  ['no hotfix', '', 'H-1 missing', 'H-1 installed'],
  ['facts of Windows', 'given windows.revision = 200', 'W-1 for windows installed', 'W-1 missing'],
  ['an edition', 'given windows.edition is home', 'E-1 missing', 'E-1 installed'],
  [
    'a service',
    'given service "Spooler" is running\n given service "Spooler" start is automatic',
    'S-1 missing',
    'S-1 installed',
  ],
  ['a service that is there and no more', 'given service "Spooler" exists', 'S-1 installed', 'S-1 unknown'],
  ['a note', '', 'B-2 note', 'B-2 missing'],
];

describe('a test on a machine of its givens', () => {
  it.each(TABLE)('meets what is expected of %s, and not its contrary', async (_, givens, met, unmet) => {
    const windows = 'given on windows-10-22h2';
    const passed = await one(`${windows}\n${givens}\nexpect ${met}`);
    expect([passed.status, passed.problems]).toEqual(['passed', []]);
    const failed = await one(`${windows}\n${givens}\nexpect ${unmet}`);
    expect(failed.status).toBe('failed');
    expect(failed.problems.map(({ code }) => code)).toEqual(['test-failed']);
  });

  it('says what is so instead, and which check decided on what was observed', async () => {
    const { problems } = await one(`given on windows-10-22h2\n${APP(1, '1.5')}\nexpect A-2 installed`);
    expect(problems[0]).toMatchObject({ expected: 'installed', seen: 'missing for app' });
    expect(problems[0]?.because[0]?.text).toBe('version >= 3.0: false; 1.5 (version of C:\\App1\\app.exe)');
    expect(problems[0]?.because[0]?.at?.file).toBe(FILE);
  });

  it('says once why nothing is known', async () => {
    const { problems } = await one(
      `given on windows-10-22h2\n${APP(1, '1.5')}\ngiven file "C:\\App1\\app.exe" version is unknown\nexpect A-2 missing`,
    );
    expect(problems[0]?.seen).toBe('unknown for app');
    const told = problems[0]?.because.map(({ text }) => text).filter((text) => text.startsWith('version >= 3.0')) ?? [];
    expect(told.map((text) => text.split('the test says that it is unknown').length)).toEqual([2]);
  });

  it('says of a product that is not there where the search for it ended', async () => {
    const key = 'given key "HKLM\\SOFTWARE\\App\\1" value "Path" = "C:\\Gone"';
    const { problems } = await one(`given on windows-10-22h2\n${key}\nexpect app installed`);
    expect(problems[0]?.seen).toBe('not installed');
    expect(problems[0]?.because[0]?.text).toBe('file "${location}\\app.exe" exists: false; absent');
  });

  it.each([
    ['windows-7', '6.1.7601.0'],
    ['windows-7-sp0', '6.1.7600.0'],
    ['windows-xp', '5.1.2600.0'],
    ['server-2012-r2', '6.3.9600.0'],
    ['server-2019', '10.0.17763.0'],
    ['windows-11', '10.0.26200.0'],
    ['windows-10-1809 = 10.0.17763.4974', '10.0.17763.4974'],
  ])('makes %s a Windows of its own version', async (name, version) => {
    const text = `patch V-1 fixes windows { installed when windows.version = ${version} }
test "t" { given on ${name}  expect V-1 installed }`;
    const linked = linkContent([{ file: FILE, text }]);
    const [only] = await runTests({
      ...{ tests: testsOf(FILE, text), contentOf: () => linked.content },
      ...{ signal: new AbortController().signal, accounts: false },
    });
    expect(only?.problems).toEqual([]);
  });

  it.each([
    ['expect app installed', /neither a recording nor a Windows/],
    ['given on windows\nexpect app installed', /`windows` is every Windows/],
    ['given windows.arch is x86\nexpect app installed', /say first which Windows/],
    ['given on windows-xp\ngiven key "HKLM\\SOFTWARE\\A" view 64 exists\nexpect app installed', /no 64-bit view/],
    ['given on windows-11\ngiven file "%Nowhere%\\a" exists\nexpect app installed', /tells no %Nowhere%/],
    ['given on windows-11\ngiven windows.bits = 64\nexpect app installed', /cannot be stated/],
    ['given on windows-11', /expects nothing/],
    ['given on windows-11\ngiven file "C:\\a" version > 3.0\nexpect app installed', /has errors/],
  ])('says why it cannot be run: %j', async (body, why) => {
    const { status, problems } = await one(body);
    expect(status).toBe('error');
    expect(problems[0]?.code).toBe('test-error');
    expect(problems[0]?.message).toMatch(why);
  });

  it.each([
    ['nothing installed', /there is no product or patch nothing/],
    ['B-1 missing', /B-1 is a bulletin/],
    ['app missing', /app is a product/],
    ['A-1 installed 2 times', /A-1 is a patch/],
  ])('fails plainly for what nobody can expect: %s', async (expected, why) => {
    const { problems } = await one(`given on windows-11\nexpect ${expected}`);
    expect(problems[0]?.seen).toMatch(why);
  });
});

describe('a test on recordings', () => {
  it('runs on each that its pattern means, with what is given over it', async () => {
    const runs = await run('machine "machines/*.snapshot.json"\ngiven windows.revision = 9000\nexpect W-1 installed');
    expect(runs.map(({ machine, status }) => [machine, status])).toEqual([['machines/ws01.snapshot.json', 'passed']]);
    const plain = await one('machine "machines/ws01.snapshot.json"\nexpect W-1 for windows-10 installed');
    expect(plain.status).toBe('passed');
  });

  it.each([
    ['machines/nobody.snapshot.json', /PL410.*"machines\/nobody\.snapshot\.json" cannot be read \(ENOENT/],
    ['machines/*.nothing', /there is no recording "machines\/\*\.nothing"/],
    ['../package.json', /PL410.*line 1, column 1/],
    ['/etc/passwd', /"\/etc\/passwd" is no path relative to the script/],
    ['C:\\a.json', /is no path relative to the script/],
    ['//server/share/a.json', /network \(UNC\)/],
  ])('says of %s why it cannot be read, and that this is no fault of the content', async (name, why) => {
    const { status, unreadable, problems } = await one(`machine "${name}"\nexpect app installed`);
    expect([status, unreadable]).toEqual(['error', true]);
    expect(problems[0]?.message).toMatch(why);
  });
});
