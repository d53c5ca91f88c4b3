/** Named credentials and scan templates on the command line: who gets which password, and what a workspace cannot do about it. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { allowancesFile, readAllowances } from '../../../server/src/cli/allowances.ts';
import { parseArguments } from '../../../server/src/cli/arguments.ts';
import { mayLogOn } from '../../../server/src/cli/directories.ts';
import type { Surroundings } from '../../../server/src/cli/verb.ts';
import { resolve } from '../../../server/src/cli/verbs/resolve.ts';
import { parseDirectories } from '../../../server/src/scan/directory/directory.ts';
import type { ScanResult } from '../../../server/src/scan/result.ts';
import { schemaErrors } from '../results/schemas.ts';
import { runCli } from './run-cli.ts';

const CONTENT = 'patch P-1 "One" fixes windows {\n  installed when windows.build >= 99999\n}\n';

async function workspace(config: object): Promise<{ cwd: string; env: Record<string, string> }> {
  const cwd = await mkdtemp(path.join(os.tmpdir(), 'patchlab-credentials-'));
  await writeFile(path.join(cwd, 'a.detect'), CONTENT);
  await writeFile(path.join(cwd, 'patchlab.json'), JSON.stringify({ content: ['a.detect'], ...config }));
  return { cwd, env: { XDG_CONFIG_HOME: path.join(cwd, 'home') } };
}

const CREDENTIALS = { desktops: { user: 'LAB\\scan' }, 'srv-1': { user: 'LAB\\server' } };
/** Nothing listens there: what matters comes before. */
const SCAN = ['scan', '--machine', '127.0.0.1:9', '--format', 'json'];
const codeOf = (out: string) =>
  (JSON.parse(out) as { results: ScanResult[] }).results[0]?.steps.find(({ error }) => error)?.error?.code;

describe('a credential of patchlab.json', () => {
  it('has its password from its own variable or file, and the variable of all is not for it', async () => {
    const place = await workspace({ credentials: CREDENTIALS });
    const scan = [...SCAN, '--credential', 'srv-1'];
    const run = (env: Record<string, string>, more: readonly string[] = []) =>
      runCli([...scan, ...more], { cwd: place.cwd, env: { ...place.env, ...env } });
    const none = await run({ PATCHLAB_PASSWORD: 'fake-Passw0rd!' });
    expect([none.code, none.err]).toEqual([
      2,
      expect.stringMatching(/no password of the credential "srv-1". Set PATCHLAB_PASSWORD_SRV_1/) as string,
    ]);
    expect(codeOf((await run({ PATCHLAB_PASSWORD_SRV_1: 'fake-Passw0rd!' })).out)).toBe('261');
    await writeFile(path.join(place.cwd, 'secret'), 'fake-Passw0rd!\n');
    expect(codeOf((await run({}, ['--password-file', 'srv-1=secret'])).out)).toBe('261');
    expect(codeOf((await run({}, ['--password-file', 'secret'])).out)).toBe('261');
  });

  it.each([
    [['--credential', 'desktop'], 'did you mean desktops?'],
    [['--credential', 'desktops', '--user', 'x'], 'Give --user or --credential, not both.'],
    [['--credential', 'desktops', '--password-file', 'desktops=\\\\stranger\\share\\x'], 'network'],
    [['--credential', 'desktops', '--password-file', 'a', 'desktops=b'], 'Unexpected argument'],
    [
      ['--credential', 'desktops', '--password-file', 'a', '--password-file', 'desktops=b'],
      'only once for each credential',
    ],
    [['--credential', 'desktops', '--password-file', 'a', '--password-stdin'], 'not both'],
  ])('is refused: %o', async (more, why) => {
    const place = await workspace({ credentials: CREDENTIALS });
    const { code, err } = await runCli([...SCAN, ...more], place);
    expect([code, err]).toEqual([2, expect.stringContaining(why) as string]);
  });

  it('goes to no machine that the user has not allowed for it, also where the user named the machine', async () => {
    const groups = { g: { hosts: ['127.0.0.1:9'], credential: 'desktops' } };
    const { cwd, env } = await workspace({ credentials: CREDENTIALS, groups });
    const secrets = { ...env, PATCHLAB_PASSWORD: 'fake-1', PATCHLAB_PASSWORD_DESKTOPS: 'fake-2' };
    const scan = [...SCAN, '--group', 'g', '--user', 'x'];
    const { code, err } = await runCli(scan, { cwd, env: secrets });
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/not allowed yet to log on as LAB\\scan to:\n {2}127\.0\.0\.1:9/) as string,
    ]);
    expect(codeOf((await runCli([...scan, '--allow-hosts'], { cwd, env: secrets })).out)).toBe('261');
  });

  it('is not covered by the allowance of another one with the same user', async () => {
    const groups = { g: { hosts: ['127.0.0.1:9'], credential: 'desktops' } };
    const { cwd, env } = await workspace({ credentials: { desktops: { user: 'x' } }, groups });
    const folder = path.join(cwd, 'home', 'patchlab');
    await mkdir(folder, { recursive: true });
    const allow = (more: object) =>
      writeFile(
        path.join(folder, 'allowances.json'),
        JSON.stringify({
          schema: 'patchlab-allowances/1',
          allowed: [{ name: '127.0.0.1', address: '127.0.0.1', port: 9, user: 'x', group: 'g', ...more }],
        }),
      );
    const run = () => runCli([...SCAN, '--group', 'g'], { cwd, env: { ...env, PATCHLAB_PASSWORD_DESKTOPS: 'fake-2' } });
    await allow({});
    expect((await run()).code).toBe(2);
    await allow({ credential: 'other' });
    expect((await run()).code).toBe(2);
    await allow({ credential: 'desktops' });
    expect((await run()).code).toBe(3);
  });

  it('never stands in patchlab.json with its password', async () => {
    const place = await workspace({ credentials: { desktops: { user: 'x', password: 'fake-secret' } } });
    const { code, err } = await runCli(SCAN, place);
    expect([code, err]).toEqual([2, expect.stringContaining('secrets never stand in patchlab.json') as string]);
    expect(err).not.toContain('fake-secret');
  });
});

describe('a directory', () => {
  const server = { host: 'dc1.lab.example', address: '10.0.0.2', port: 636 };
  const directoryOf = (more: object) => {
    const directory = parseDirectories({ lab: { domain: 'lab.example', ...more } }).get('lab');
    return directory ?? expect.fail('no directory');
  };

  async function terminal(answer: string) {
    const home = await mkdtemp(path.join(os.tmpdir(), 'patchlab-home-'));
    const said: string[] = [];
    const io: Surroundings = {
      ...{ out: () => undefined, err: (text) => said.push(text), readStdin: () => Promise.resolve('') },
      ...{ env: { XDG_CONFIG_HOME: home }, colour: false, progress: false, signal: new AbortController().signal },
      ask: (question) => {
        said.push(question);
        return Promise.resolve(answer);
      },
    };
    const questions = () => said.filter((text) => text.includes('[y/N]')).length;
    return { io, said, questions, args: parseArguments(resolve, []) };
  }

  it('is allowed once for good, until server, address, user, protection or authority change', async () => {
    const { io, args, questions } = await terminal('y');
    const allow = (logon: object, user = 'LAB\\reader') =>
      mayLogOn(
        { directory: directoryOf({}), server, ca: undefined, ...logon },
        { user, password: 'fake' },
        { args, io },
      );
    await allow({});
    await allow({});
    expect(questions()).toBe(1);
    expect(await readAllowances(allowancesFile(io.env, 'linux'))).toEqual([
      { name: 'dc1.lab.example', address: '10.0.0.2', port: 636, user: 'LAB\\reader', trust: 'ldaps system' },
    ]);
    const changes = [
      { server: { ...server, host: 'dc2.lab.example' } },
      { server: { ...server, address: '10.0.0.66' } },
      { server: { ...server, port: 6360 } },
      { directory: directoryOf({ security: 'starttls' }) },
      { ca: 'the certificate of a stranger' },
    ];
    for (const change of changes) await allow(change);
    await allow({}, 'LAB\\other');
    expect(questions()).toBe(2 + changes.length);
  });

  it('that a machine is allowed for is not allowed by that', async () => {
    const { io, args, said } = await terminal('n');
    const logon = { directory: directoryOf({}), server, ca: undefined };
    await expect(mayLogOn(logon, { user: 'x', password: 'fake' }, { args, io })).rejects.toThrow('Not allowed');
    expect(said.join('')).toContain(
      'lab: dc1.lab.example:636 (10.0.0.2) by ldaps, trusted through an authority of this computer',
    );
  });

  it('in plain text cannot be allowed for good', async () => {
    const { io, args, questions } = await terminal('y');
    const logon = { directory: directoryOf({ security: 'plain' }), server, ca: undefined };
    await expect(mayLogOn(logon, { user: 'x', password: 'fake' }, { args, io })).rejects.toThrow('--allow-plain-ldap');
    expect(questions()).toBe(0);
  });
});

describe('scan --template', () => {
  const scan = async (more: readonly string[], templates: object) => {
    const { cwd, env } = await workspace({ templates });
    const snapshot = path.resolve('samples/machines/ws01.snapshot.json');
    const args = ['scan', '--content', path.resolve('samples'), '--snapshot', snapshot, '--format', 'json', ...more];
    const { code, out, err } = await runCli(args, { cwd, env });
    if (out === '') return { code, err, result: undefined };
    expect(schemaErrors('scan', JSON.parse(out))).toEqual([]);
    return { code, err, result: (JSON.parse(out) as { results: ScanResult[] }).results[0] };
  };

  it('looks only for what it names, reads less, and the result says so', async () => {
    const templates = { browsers: { scan: { vendors: ['mozilla'] }, skip: { severities: ['low'] } } };
    const whole = await scan([], templates);
    const some = await scan(['--template', 'browsers'], templates);
    expect([some.code, some.err, some.result?.template, whole.result?.template]).toEqual([
      0,
      '',
      'browsers',
      undefined,
    ]);
    expect(some.result?.products.map(({ id }) => id)).toEqual(['mozilla.firefox']);
    expect(new Set(some.result?.patches.map(({ product }) => product))).toEqual(new Set(['mozilla.firefox']));
    // What both judge, both judge alike.
    const firefox = whole.result?.patches.filter(({ product }) => product === 'mozilla.firefox');
    expect(some.result?.patches.map(({ id, status }) => [id, status])).toEqual(
      firefox?.map(({ id, status }) => [id, status]),
    );
    expect(some.result?.cost.reads).toBeLessThan((whole.result?.cost.reads ?? 0) / 2);
  });

  it('scans the superseded patch where the superseding one is left out, and holds the switches', async () => {
    const statusOf = (result: ScanResult | undefined, id: string) =>
      result?.patches.find((patch) => patch.id === id)?.status;
    const templates = {
      older: { skip: { patches: ['SZ-2024-07', 'SZ-2023-01'] } },
      all: { include: ['superseded', 'effectively-installed'] },
    };
    const whole = await scan([], templates);
    expect([statusOf(whole.result, 'SZ-2023-01'), statusOf(whole.result, 'SZ-2024-07')]).toEqual([
      'superseded',
      'missing',
    ]);
    const older = await scan(['--template', 'older'], templates);
    expect([statusOf(older.result, 'SZ-2023-01'), statusOf(older.result, 'SZ-2024-07')]).toEqual([
      undefined,
      undefined,
    ]);
    expect(['missing', 'installed']).toContain(statusOf(older.result, 'SZ-2018-05'));
    const traced = (result: ScanResult | undefined) =>
      result?.patches.filter(({ id, trace }) => id === 'SZ-2023-01' && trace !== undefined).length;
    expect(traced((await scan(['--template', 'all', '--trace'], templates)).result)).toBeGreaterThan(
      traced(whole.result) ?? 0,
    );
  });

  it('says what the content does not have, and which template there is', async () => {
    const templates = { browsers: { scan: { vendors: ['Mozila'] } } };
    expect((await scan(['--template', 'browsers'], templates)).err).toContain('vendors: Mozila');
    const unknown = await scan(['--template', 'browser'], templates);
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('did you mean browsers?') as string]);
  });
});
