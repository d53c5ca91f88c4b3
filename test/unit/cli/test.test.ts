/** `patchlab test` as a process. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, type CliRun } from './run-cli.ts';

let folder: string;
const test = (...args: string[]): Promise<CliRun> => runCli(['test', ...args], { cwd: folder });

const FAILING = `test "a wish" {
  machine "machines/ws01.snapshot.json"
  expect SZ-2024-07 installed
  expect sevenzip installed
}
`;
const HOSTILE = 'test "\\u001b[31mred" { given on windows-11  expect sevenzip installed }\n';

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'patchlab-test-'));
  await cp('samples', path.join(folder, 'samples'), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

async function withFile(text: string, run: () => Promise<void>): Promise<void> {
  const file = path.join(folder, 'samples/wish.detect');
  await writeFile(file, text);
  await run().finally(() => rm(file));
}

describe('test', () => {
  it('runs the tests of the samples, which pass, on the recording and on machines of givens', async () => {
    const { code, out } = await test('samples');
    expect(code).toBe(0);
    expect(out).toContain('  ✓ an old 7-Zip lacks 24.07\n');
    expect(out).toContain('  ✓ the recorded machine lacks 24.07 on machines/ws01.snapshot.json\n');
    expect(out).toMatch(/\n\d+ tests: \d+ passed, 0 failed\n$/);
  });

  it('ends with 1 for one that fails, with its place, what is so instead and the check that decided', () =>
    withFile(FAILING, async () => {
      const { code, out } = await test('samples');
      expect(code).toBe(1);
      expect(out).toContain('samples/wish.detect:3:3: error Expected SZ-2024-07 to be installed on machines/ws01');
      expect(out).toContain('  - expected installed\n  + found    missing for sevenzip\n');
      expect(out).toMatch(/because version >= 24\.7: false; 18\.1\.0\.0 \(.*7z\.exe\) {2}samples\/7-zip\.detect:42\n/);
      expect(out).toMatch(/ 1 failed\n$/);
      expect(out).not.toContain('sevenzip to be');
    }));

  it('ends with 3 where a recording cannot be read, and runs the others', () =>
    withFile(FAILING.replace('ws01', 'gone'), async () => {
      const { code, out } = await test('samples');
      expect(code).toBe(3);
      expect(out).toMatch(/wish\.detect:2:11: error The test cannot be run: error PL410: .*ENOENT/);
      expect(out).toMatch(/ passed, 0 failed, 1 could not be run\n$/);
    }));

  it('ends with 1 where the content has errors, and says who shows them', () =>
    withFile('product broken.one "x" { installed when versoin > 1.0 }\n', async () => {
      const { code, out } = await test('samples');
      expect(code).toBe(1);
      expect(out).toMatch(/ 0 failed\n1 error in the content: `patchlab check` shows them\.\n$/);
    }));

  it('prints JSON as its schema says, with coverage where it is asked for', () =>
    withFile(FAILING, async () => {
      const schema = JSON.parse(await readFile('docs/schemas/test.schema.json', 'utf8')) as object;
      const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
      const { out } = await test('samples', '--format', 'json', '--coverage');
      const document: unknown = JSON.parse(out);
      expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
      expect(document).toMatchObject({ summary: { failed: 1, notRun: 0, contentErrors: 0 } });
    }));

  it('prints JUnit, a case a test on a machine', () =>
    withFile(FAILING, async () => {
      const { code, out } = await test('samples', '--format', 'junit');
      expect(code).toBe(1);
      expect(XMLValidator.validate(out)).toBe(true);
      const parsed = new XMLParser({ ignoreAttributes: false }).parse(out) as {
        testsuites: { '@_failures': string; testsuite: { '@_name': string }[] };
      };
      expect(parsed.testsuites['@_failures']).toBe('1');
      expect(parsed.testsuites.testsuite.map((suite) => suite['@_name'])).toContain('samples/wish.detect');
      expect(out).toContain('<testcase name="a wish (machines/ws01.snapshot.json)"');
    }));

  it('shows by --coverage which outcomes of each check tests have seen', async () => {
    const { code, out } = await test('--coverage', 'samples');
    expect(code).toBe(0);
    expect(out).toMatch(/\n {2}42:18 {2}version >= 24\.7 +1 +2 +-\n/);
    expect(out).toMatch(/\n {2}18:18 {2}version >= 1\.8\.0\.411 +- +- +-\n/);
    expect(out).toContain('2 of 6 seen both true and false');
  });

  it('prints workflow commands of GitHub, one for each thing that failed', () =>
    withFile(FAILING, async () => {
      const { code, out } = await test('samples', '--format', 'github');
      expect(code).toBe(1);
      expect(out).toMatch(
        /^::error file=samples\/wish\.detect,line=3,endLine=3,col=3,endColumn=29,title=test-failed::Expected SZ-2024-07 .* Because version >= 24\.7: false; .*\(samples\/7-zip\.detect:42\)\.\n$/,
      );
    }));

  it('runs by --filter the tests with a text in their title, and ends with 2 where there is none', async () => {
    const { out } = await test('samples', '--filter', 'OLD 7-zip', '--filter', 'spooler');
    expect(out).toContain('✓ an old 7-Zip lacks 24.07');
    expect(out).toMatch(/\n2 tests: 2 passed, 0 failed\n$/);
    const { code, err } = await test('samples', '--filter', 'nobody');
    expect(code).toBe(2);
    expect(err).toMatch(/Of \d+ tests none has "nobody" in its title\./);
  });

  it('says of errors in the content on standard error where a program reads the output', () =>
    withFile('product broken.one "x" { installed when versoin > 1.0 }\n', async () => {
      const { code, err } = await test('samples', '--format', 'json');
      expect([code, err]).toEqual([1, '1 error in the content: `patchlab check` shows them.\n']);
    }));

  it('prints nothing that acts on a terminal', () =>
    withFile(HOSTILE.replace('\\u001b', '\u001b'), async () => {
      for (const format of ['pretty', 'json', 'junit']) {
        const { out } = await test('samples', '--format', format);
        expect(out).not.toContain('\u001b');
        expect(out).toContain(String.raw`\u001b[31mred`);
      }
    }));

  it('says that there is no test where there is none', async () => {
    const { code, out } = await test('samples/common.detect');
    expect([code, out]).toEqual([0, '1 file: there is no test\n']);
  });
});
