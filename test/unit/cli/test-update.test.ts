/** `patchlab test --update` as a process: what it writes, and what it leaves as it is. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli, type CliRun } from './run-cli.ts';

let folder: string;
const file = (): string => path.join(folder, 'a.detect');
const update = (...more: string[]): Promise<CliRun> => runCli(['test', '--update', ...more], { cwd: folder });

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'patchlab-update-'));
});
afterEach(() => rm(folder, { recursive: true }));

const CONTENT = `product app "App" {
  let location = key "HKLM\\SOFTWARE\\App" value "Path"
  let version = file "\${location}\\app.exe" version
  let size = file "\${location}\\app.exe" size
  installed when version exists
}
patch A-1 "App 2" fixes app { installed when version >= 2.0 }
`;

const TESTS = (expects: readonly string[]): string => `test "t" {
  given on windows-11
  given key "HKLM\\SOFTWARE\\App" value "Path" = "C:\\100%% $\${App}"
  given file "C:\\100%% $\${App}\\app.exe" version = 1.5
  given file "C:\\100%% $\${App}\\app.exe" size = 10B
${expects.map((one) => `  expect ${one}\n`).join('')}}
`;

describe('test --update', () => {
  it('writes what is so, which the tests then meet, and nothing else', async () => {
    const wrong = [
      ...['app not installed', 'app unknown', 'app 3 times', 'app installed version = 3.1  # kept'],
      ...['app 1 times location = "C:\\x"', 'A-1 for app installed', 'A-1   unknown', 'app version = 1.5'],
    ];
    const right = [
      ...['app installed', 'app installed', 'app installed 1 times', 'app installed version = 1.5  # kept'],
      ...['app installed 1 times location = "C:\\100%% $${App}"', 'A-1 for app missing', 'A-1 missing'],
      'app version = 1.5',
    ];
    await writeFile(file(), CONTENT + TESTS(wrong));
    const { code, out, err } = await update();
    expect(out).toMatch(/\n1 test: 1 passed, 0 failed\n$/);
    expect([code, err]).toEqual([0, 'a.detect: 7 expectations updated\n']);
    expect(await readFile(file(), 'utf8')).toBe(CONTENT + TESTS(right));
  });

  it('keeps a byte order mark and line ends', async () => {
    const before = `\uFEFF${CONTENT}${TESTS(['A-1 installed'])}`.replaceAll('\n', '\r\n');
    await writeFile(file(), before);
    expect((await update()).code).toBe(0);
    expect(await readFile(file(), 'utf8')).toBe(before.replace('A-1 installed', 'A-1 missing'));
  });

  it.each([
    ['another property', TESTS(['app size = 11B']), ''],
    ['a test that cannot be run', TESTS(['A-1 installed']).replace('version = 1.5', 'version > 1.5'), 'Nothing is'],
    ['content with errors', `${TESTS(['A-1 installed'])}patch A-2 fixes app { installed when x = 1 }\n`, 'Nothing is'],
  ])('leaves %s as it is, and ends with 1', async (_, tests, told) => {
    await writeFile(file(), CONTENT + tests);
    const { code, err } = await update();
    expect(code).toBe(1);
    expect(err.slice(0, 10)).toBe(told);
    expect(await readFile(file(), 'utf8')).toBe(CONTENT + tests);
  });

  it('leaves an expectation as it is of which two recordings say different things', async () => {
    await mkdir(path.join(folder, 'machines'));
    const recorded = await readFile('samples/machines/ws01.snapshot.json', 'utf8');
    await writeFile(path.join(folder, 'machines/one.snapshot.json'), recorded);
    const other = recorded.replaceAll('18.1.0.0', '25.1.0.0');
    await writeFile(path.join(folder, 'machines/two.snapshot.json'), other);
    for (const name of ['7-zip', 'common']) await cp(`samples/${name}.detect`, path.join(folder, `${name}.detect`));
    const text = (status: string): string => `test "both" {
  machine "machines/*.snapshot.json"
  expect SZ-2024-07 not applicable
  expect SZ-2018-05 ${status}
}
`;
    await writeFile(
      file(),
      text('note').replace('  expect SZ-2018-05', '  expect sevenzip not installed\n  expect SZ-2018-05'),
    );
    const { code, out } = await update('--filter', 'both');
    expect(code).toBe(1);
    expect(out).toMatch(/1 test, run 2 times: 0 passed, 2 failed/);
    expect(await readFile(file(), 'utf8')).toContain('  expect SZ-2024-07 not applicable\n');
    expect(await readFile(file(), 'utf8')).toContain('  expect sevenzip installed\n');
  });
});
