/** `patchlab why` as a process. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli, type CliRun } from './run-cli.ts';

const SAMPLES = path.resolve('samples');
const WS01 = path.join(SAMPLES, 'machines/ws01.snapshot.json');

let folder: string;
const at = (name: string): string => path.join(folder, `${name}.snapshot.json`);
const why = (...args: string[]): Promise<CliRun> => runCli(['why', ...args, '--content', SAMPLES]);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'patchlab-why-'));
  const text = (await readFile(WS01, 'utf8')).replaceAll('"WS01"', '"WS09"');
  await writeFile(at('fixed'), text.replaceAll('18.1.0.0', '24.7.0.0'));
  await writeFile(at('gone'), text.replaceAll('7-Zip 18.01 (x64)', String.raw`Seven \u001b[31m`));
  await writeFile(at('broken'), '{');
});

describe('why', () => {
  it('shows the first check at which two machines come apart, with both observations and its line', async () => {
    const { code, out } = await why('SZ-2024-07', WS01, at('fixed'));
    expect(code).toBe(0);
    expect(out).toMatch(/^SZ-2024-07: missing on WS01, installed on WS09\n/);
    const first = /first come apart:\n([^]*?)\n\n/.exec(out)?.[1] ?? '';
    expect(first).toMatch(/version >= 24\.7, expected >= 24\.7 {2}.*7-zip\.detect:42\n/);
    expect(first).toMatch(/WS01: false; 18\.1\.0\.0 \(version of .*7z\.exe\)\n.*WS09: true; 24\.7\.0\.0/);
  });

  it('says why a product is not detected, and prints nothing that acts on a terminal', async () => {
    const { code, out } = await why('sevenzip', WS01, at('gone'));
    expect(code).toBe(0);
    expect(out).toMatch(/^sevenzip: installed on WS01, not detected on WS09\n/);
    expect(out).toContain(String.raw`WS09: false; "Seven \u001b[31m"`);
    expect(out).not.toContain('\u001b');
  });

  it('says that nothing diverges, and with --all shows every check', async () => {
    const same = await why('sevenzip', WS01, WS01);
    expect(same.out).toContain('sevenzip: installed on both, WS01 (1) and WS01 (2)');
    expect(same.out).toContain('Nothing diverges');
    expect(same.out).not.toContain('All');
    expect((await why('sevenzip', WS01, WS01, '--all')).out).toMatch(/All checks:[^]*windows >= 6\.1/);
  });

  it('ends with 3 where a machine could not be scanned, with the error and its remedy', async () => {
    const { code, out } = await why('sevenzip', WS01, at('broken'));
    expect(code).toBe(3);
    expect(out).toMatch(/could not be scanned: error PL410: [^]*Remedy: \w/);
    expect(out).not.toContain('diverges');
  });

  it.each([
    [['sevenzip', WS01], 'patchlab why ID A B'],
    [['sevenzipp', WS01, WS01], 'Did you mean sevenzip?'],
    [['sevenzip', WS01, '\\\\stranger\\share\\a.json'], 'UNC'],
    [['sevenzip', WS01, 'a b'], 'is no machine'],
    [['sevenzip', WS01, 'ws07'], '--user'],
  ])('is wrong usage as %j', async (args, text) => {
    const { code, err } = await why(...args);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(text) as string });
  });
});
