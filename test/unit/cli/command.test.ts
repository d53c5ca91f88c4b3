/** The command as a process: what it prints, and every exit code. */
import { openSync, closeSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadVerbs } from '../../../server/src/cli/registry.ts';
import { dropResult } from '../../../server/src/results/arrivals.ts';
import { sampleResult } from '../results/sample-result.ts';
import { schemaErrors } from '../results/schemas.ts';
import { runCli } from './run-cli.ts';

const GOOD =
  'product thing "Thing" {\n  let version = key "HKLM\\SOFTWARE\\Thing" view 64 value "Version"\n  installed when version exists\n}\n';
const BAD = `${GOOD}patch P-1 "One" fixes thingy {\n  installed when version >= 1.0\n}\n`;

const SAMPLE = path.resolve('samples/machines/ws01.snapshot.json');

/** What is looked at of what `scan` prints. */
interface Scanned {
  readonly results: readonly {
    readonly steps: readonly {
      readonly status: string;
      readonly error?: { readonly code: string; readonly raw: string; readonly remedy: string };
    }[];
  }[];
}

async function newFolder(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'patchlab-cli-'));
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  return folder;
}

describe('help', () => {
  it('of the command lists every verb and every exit code', async () => {
    const { code, out } = await runCli(['--help']);
    expect(code).toBe(0);
    for (const [name, verb] of Object.entries(await loadVerbs())) {
      expect(out).toContain(`  ${name} `);
      expect(out).toContain(verb.summary);
    }
    expect(out).toMatch(/0 {2}fine[^]*1 {2}findings[^]*2 {2}wrong usage[^]*3 {2}a machine[^]*4 {2}an internal error/);
  });

  it('of each verb names every option', async () => {
    for (const [name, verb] of Object.entries(await loadVerbs())) {
      const { code, out } = await runCli([name, '--help']);
      expect(code).toBe(0);
      for (const option of Object.keys(verb.options)) expect(out, name).toContain(`--${option}`);
      expect(out).not.toContain('\u001b');
    }
  });

  it('is not needed for the version', async () => {
    expect(await runCli(['--version'])).toMatchObject({ code: 0, out: '0.1.0\n' });
  });
});

describe('wrong usage ends with 2', () => {
  it.each([
    [[], 'Usage'],
    [['scna'], 'did you mean scan?'],
    [['check', '--fromat', 'json'], 'Did you mean --format?'],
    [['check', 'no/such/folder'], 'ENOENT'],
    [['check', '\\\\stranger\\share'], 'UNC'],
    [['scan', '--content', 'samples'], '--machine HOST or --snapshot FILE'],
    [['scan', '--content', 'samples', '--machine', 'ws01', '--snapshot', 'x'], 'not both'],
    [['scan', '--content', 'samples', '--machine', 'a b', '--user', 'x'], 'is no machine'],
    [['scan', '--content', 'samples', '--machine', 'ws01'], '--user'],
    [['scan', '--content', 'samples', '--machine', 'ws01', '--user', 'x'], 'PATCHLAB_PASSWORD'],
    [
      ['scan', '--content', 'samples', '--machine', 'ws01', '--user', 'x', '--password', 'y'],
      'Unknown option --password',
    ],
    [['scan', '--snapshot', '//stranger/share/x.json'], 'UNC'],
    [['record', '--machine', 'ws01'], '--output FILE'],
    [['importer', '--arrivals', 'no/such', '--store', 'x.sqlite'], 'no arrivals folder'],
    [['importer'], '--arrivals DIR'],
    [['report', '--store', 'no/such.sqlite'], 'no store'],
    [['report', '--format', 'xml'], 'pretty, json'],
  ])('%o', async (args, message) => {
    const { code, out, err } = await runCli(args);
    expect(err).toContain(message);
    expect([code, out]).toEqual([2, '']);
  });

  it('a patchlab.json that is wrong', async () => {
    const cwd = await newFolder({ 'patchlab.json': '{"content": ["."], "pasword": "x"}', 'a.detect': GOOD });
    expect(await runCli(['check'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('pasword') as string,
    });
  });
});

describe('check', () => {
  it('ends with 0 where there are no errors, and takes the content roots of patchlab.json', async () => {
    const cwd = await newFolder({ 'a.detect': GOOD, 'patchlab.json': '{"content": ["a.detect"]}', 'b.detect': BAD });
    const { code, out } = await runCli(['check'], { cwd });
    expect([code, out]).toEqual([0, expect.stringMatching(/1 file, 1 product, 0 patches: 0 errors/)]);
  });

  it('takes severities from patchlab.json, and says which rule it does not know', async () => {
    const text = 'check c { file "C:\\Contoso\\a.dll" exists }\n';
    const severity = JSON.stringify({ severity: { 'absolute-path': 'off' } });
    const loud = await runCli(['check'], { cwd: await newFolder({ 'a.detect': text }) });
    expect(loud.out).toMatch(/absolute-path/);
    const silent = await runCli(['check'], { cwd: await newFolder({ 'a.detect': text, 'patchlab.json': severity }) });
    expect(silent.out).not.toMatch(/absolute-path/);
    const wrong = JSON.stringify({ severity: { 'absolut-path': 'off' } });
    const { code, err } = await runCli(['check'], {
      cwd: await newFolder({ 'a.detect': text, 'patchlab.json': wrong }),
    });
    expect([code, err]).toEqual([2, expect.stringMatching(/absolute-path/)]);
  });

  it('ends with 1 where there is one, and shows the line with a caret', async () => {
    const cwd = await newFolder({ 'b.detect': BAD });
    const { code, out } = await runCli(['check', 'b.detect'], { cwd });
    expect(code).toBe(1);
    expect(out).toMatch(/b\.detect:5:23: error .*\n {2}patch P-1 "One" fixes thingy \{\n {24}\^\^\^\^\^\^\n/);
  });

  it('prints findings as its schema says', async () => {
    const cwd = await newFolder({ 'b.detect': BAD });
    const { code, out } = await runCli(['check', '--format', 'json'], { cwd });
    const document = JSON.parse(out) as { findings: unknown[] };
    expect(code).toBe(1);
    expect(schemaErrors('check', document)).toEqual([]);
    expect(document.findings).toContainEqual(
      expect.objectContaining({ line: 5, column: 23, endColumn: 29, severity: 'error' }),
    );
  });
});

describe('a machine that cannot be scanned ends with 3', () => {
  it.each([
    ['that is not there', undefined, /^ENOENT: no such file/],
    ['that is no JSON', 'not a snapshot', /^not-json: line 1, column 1/],
    ['of another format', '{"schema":"something/1"}', /^wrong-schema: line 1, column 11.*something\/1/],
    ['that is cut off', '{"schema":"patchlab-snapshot/1","machine":', /^not-json: line 1, column 43/],
  ])('a snapshot %s, with its code and nothing that looks like a result without errors', async (_, text, raw) => {
    const cwd = await newFolder({ 'a.detect': GOOD, ...(text !== undefined && { 'x.snapshot.json': text }) });
    const args = [
      'scan',
      '--content',
      'a.detect',
      '--snapshot',
      'x.snapshot.json',
      '--arrivals',
      'arrivals',
      '--format',
      'json',
    ];
    const begun = performance.now();
    const { code, out } = await runCli(args, { cwd });
    expect([code, performance.now() - begun < 10_000]).toEqual([3, true]);
    const document = JSON.parse(out) as Scanned;
    expect(schemaErrors('scan', document)).toEqual([]);
    const [, , , step] = document.results[0]?.steps ?? [];
    expect(step).toMatchObject({ status: 'failed', error: { code: 'PL410' } });
    expect(step?.error?.raw).toMatch(raw);
    expect(step?.error?.remedy).toContain('record the machine again');
    const [delivered = ''] = await readdir(path.join(cwd, 'arrivals'));
    expect(await readFile(path.join(cwd, 'arrivals', delivered), 'utf8')).toContain('"code":"PL410"');
  });

  it('a result that cannot be delivered, because the folder for it is a file', async () => {
    const cwd = await newFolder({ 'a.detect': GOOD, arrivals: 'a file' });
    const args = ['scan', '--content', 'a.detect', '--snapshot', SAMPLE, '--arrivals', 'arrivals', '--format', 'json'];
    const begun = performance.now();
    const { code, out } = await runCli(args, { cwd });
    expect([code, performance.now() - begun < 10_000]).toEqual([3, true]);
    const { steps = [] } = (JSON.parse(out) as Scanned).results[0] ?? {};
    expect(steps.slice(3).map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'failed']);
    expect(steps[6]?.error).toMatchObject({
      code: 'PL701',
      raw: expect.stringMatching(/^EEXIST: file already exists/) as string,
      remedy: expect.stringContaining('the free space') as string,
    });
  });

  it('a port where nothing listens', async () => {
    const cwd = await newFolder({ 'a.detect': GOOD });
    const args = ['scan', '--content', 'a.detect', '--machine', '127.0.0.1:9', '--user', 'x', '--password-stdin'];
    const { code, out } = await runCli(args, { cwd, stdin: 'fake-password\n' });
    expect(code).toBe(3);
    expect(out).toMatch(/error 261[^]*ECONNREFUSED[^]*remedy[^]*validate/);
  });
});

describe('a scan of the recorded machine', () => {
  const scan = (...more: string[]) =>
    runCli(['scan', '--content', 'samples', '--snapshot', 'samples/machines/ws01.snapshot.json', ...more]);

  it('ends with 0, and with 1 when it is to fail on what is missing', async () => {
    const { code, out } = await scan();
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/^WS01 {2}Windows 10 22H2[^]*Missing \(\d+\)[^]*SZ-2024-07/),
    ]);
    expect((await scan('--fail-on', 'missing')).code).toBe(1);
  });

  it('prints a document as its schema says', async () => {
    const { code, out } = await scan('--format', 'json', '--include', 'superseded,effectively-installed', '--trace');
    expect(code).toBe(0);
    expect(schemaErrors('scan', JSON.parse(out))).toEqual([]);
  });

  it('keeps a log of what was asked, without what was answered', async () => {
    const file = path.join(await newFolder(), 'scan.log');
    await scan('--log', file);
    const log = await readFile(file, 'utf8');
    expect(log).toMatch(
      /step 4: Determining the operating system\n[^]*value "UBR" of HKLM[^\n]*: present\n[^]*step 6: ok after/,
    );
    expect(log).not.toContain('3570');
  });
});

describe('an internal error ends with 4', () => {
  it('and asks to report it', () => {
    const full = openSync('/dev/full', 'w');
    try {
      const args = ['--no-warnings', 'server/src/cli/main.ts', '--help'];
      const { status, stderr } = spawnSync(process.execPath, args, {
        stdio: ['ignore', full, 'pipe'],
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([4, expect.stringContaining('Please report this')]);
    } finally {
      closeSync(full);
    }
  });
});

describe('importer and report', () => {
  it('take a result from arrivals to every format', async () => {
    const cwd = await newFolder({ 'patchlab.json': '{"arrivals": "arrivals", "store": "results.sqlite"}' });
    await dropResult(path.join(cwd, 'arrivals'), sampleResult('scan-0001'));
    expect(await runCli(['importer'], { cwd })).toMatchObject({
      code: 0,
      out: '1 imported, 0 known already, 0 rejected\n',
    });
    const json = await runCli(['report', '--format', 'json'], { cwd });
    expect(JSON.parse(json.out)).toEqual({ schema: 'patchlab-scan/1', results: [sampleResult('scan-0001')] });
    expect(schemaErrors('scan', JSON.parse(json.out))).toEqual([]);
    const pretty = await runCli(['report', '--machine', 'ws01', '--explain', 'SZ-2024-07'], { cwd });
    expect(pretty.out).toContain('Why SZ-2024-07 is missing');
    expect((await runCli(['report', '--format', 'csv'], { cwd })).out.split('\r\n')).toHaveLength(4);
    expect((await runCli(['report', '--format', 'html'], { cwd })).out).toMatch(/^<!DOCTYPE html>/);
    expect((await runCli(['report', '--scan', 'scan-9999'], { cwd })).code).toBe(2);
  });

  it('ends with 1 when a document had to be rejected', async () => {
    const cwd = await newFolder();
    await dropResult(path.join(cwd, 'arrivals'), sampleResult('scan-0001'));
    await writeFile(path.join(cwd, 'arrivals', 'broken.json'), '{');
    const { code, err } = await runCli(['importer', '--arrivals', 'arrivals', '--store', 's.sqlite'], { cwd });
    expect([code, err]).toEqual([1, expect.stringContaining('rejected broken.json')]);
  });
});
