/** Machine groups on the command line: what a workspace may and may not make the command do. */
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { addAllowances, allowancesFile, readAllowances } from '../../../server/src/cli/allowances.ts';
import { parseArguments } from '../../../server/src/cli/arguments.ts';
import { parseConfiguration } from '../../../server/src/scan/configuration/configuration.ts';
import { requireAllowances } from '../../../server/src/cli/machines.ts';
import type { Surroundings } from '../../../server/src/cli/verb.ts';
import { scan } from '../../../server/src/cli/verbs/scan.ts';
import type { LocatedMachine } from '../../../server/src/scan/groups/locate.ts';
import { schemaErrors } from '../results/schemas.ts';
import { runCli } from './run-cli.ts';

const CONTENT = 'patch P-1 "One" fixes windows {\n  installed when windows.build >= 99999\n}\n';

async function workspace(groups: unknown): Promise<{ cwd: string; env: Record<string, string> }> {
  const cwd = await mkdtemp(path.join(os.tmpdir(), 'patchlab-groups-'));
  await writeFile(path.join(cwd, 'a.detect'), CONTENT);
  await writeFile(path.join(cwd, 'patchlab.json'), JSON.stringify({ content: ['a.detect'], groups }));
  return { cwd, env: { XDG_CONFIG_HOME: path.join(cwd, 'home'), PATCHLAB_PASSWORD: 'fake-Passw0rd!' } };
}

const LAB = { lab: { hosts: ['127.0.0.1:9', 'localhost:9'] } };
const SCAN = ['scan', '--group', 'lab', '--user', 'x', '--format', 'json'];

describe('scan --group', () => {
  it('without a terminal ends with 2, names the machines, and connects to none', async () => {
    const { code, out, err } = await runCli(SCAN, await workspace(LAB));
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/127\.0\.0\.1:9 by an address, from lab: 127\.0\.0\.1:9[^]*--allow-hosts/);
  });

  it('scans with --allow-hosts, each machine once', async () => {
    const { code, out } = await runCli([...SCAN, '--allow-hosts'], await workspace(LAB));
    expect(code).toBe(3);
    const document = JSON.parse(out) as { results: { steps: { error?: { code: string } }[] }[] };
    expect(schemaErrors('scan', document)).toEqual([]);
    expect(document.results.map(({ steps }) => steps[1]?.error?.code)).toEqual(['261']);
  });

  it('scans what the user allowed before, and asks again when address, port or user is another', async () => {
    const place = await workspace(LAB);
    const file = allowancesFile(place.env, 'linux');
    const allowed = { name: '127.0.0.1', address: '127.0.0.1', port: 9, user: 'x' };
    await addAllowances(file, [{ ...allowed, group: 'lab' }]);
    expect((await runCli(SCAN, place)).code).toBe(3);
    expect(
      (
        await runCli(
          [...SCAN, '--user=y'].filter((arg, at) => arg !== '--user' && at !== 4),
          place,
        )
      ).code,
    ).toBe(2);
    await writeFile(path.join(place.cwd, 'patchlab.json'), '{"groups":{"lab":{"hosts":["127.0.0.1:10"]}}}');
    expect((await runCli(SCAN, place)).code).toBe(2);
  });

  it('asks again when the group is another, or is reached through another', async () => {
    const groups = { ...LAB, all: { groups: ['lab'] }, office: LAB.lab };
    const place = await workspace(groups);
    const allowed = { name: '127.0.0.1', address: '127.0.0.1', port: 9, user: 'x' };
    // Without a group it is an allowance for what the user names himself.
    await addAllowances(allowancesFile(place.env, 'linux'), [allowed, { ...allowed, group: 'lab' }]);
    const codes = Object.keys(groups).map((group) => runCli(['scan', '--group', group, ...SCAN.slice(3)], place));
    expect((await Promise.all(codes)).map(({ code }) => code)).toEqual([3, 2, 2]);
  });

  it('does not take an allowance from the workspace', async () => {
    const place = await workspace(LAB);
    await mkdir(path.join(place.cwd, 'patchlab'));
    const allowed = [{ name: '127.0.0.1', address: '127.0.0.1', port: 9, user: 'x', group: 'lab' }];
    await writeFile(
      path.join(place.cwd, 'patchlab', 'allowances.json'),
      JSON.stringify({ schema: 'patchlab-allowances/1', allowed }),
    );
    expect((await runCli(SCAN, place)).code).toBe(2);
  });

  it('needs no allowance for what the user names', async () => {
    const place = await workspace(LAB);
    expect((await runCli([...SCAN, '--machine', '127.0.0.1:9'], place)).code).toBe(3);
  });

  it.each([
    [{ lab: { groups: ['lab'] } }, 'circle: lab > lab'],
    [{ labs: {} }, 'did you mean labs?'],
    [{ lab: {} }, 'no machine'],
  ])('ends with 2 for %o', async (groups, why) => {
    const { code, err } = await runCli([...SCAN, '--allow-hosts'], await workspace(groups));
    expect([code, err]).toEqual([2, expect.stringContaining(why) as string]);
  });

  it('takes limits, and refuses nonsense', async () => {
    const args = [...SCAN, '--allow-hosts', '--concurrency', '1', '--deadline', '20s', '--machine', '127.0.0.1:10'];
    const { code, out } = await runCli(args, await workspace(LAB));
    expect(code).toBe(3);
    expect(schemaErrors('scan', JSON.parse(out))).toEqual([]);
    expect((await runCli([...SCAN, '--concurrency', '0'], await workspace(LAB))).code).toBe(2);
  });
});

describe('in a terminal', () => {
  const machine: LocatedMachine = {
    ...{ host: 'ws01', port: 445, addresses: ['10.0.0.1'], foundBy: 'dns', origins: ['lab: ws01'], aliases: [] },
    ...{ groups: ['lab'], byUser: false },
  };
  async function asked(answer: string, machines = [machine]) {
    const home = await mkdtemp(path.join(os.tmpdir(), 'patchlab-home-'));
    const questions: string[] = [];
    const io: Surroundings = {
      ...{ out: () => undefined, err: () => undefined, readStdin: () => Promise.resolve('') },
      ...{ env: { XDG_CONFIG_HOME: home }, colour: false, progress: false, signal: new AbortController().signal },
      ask: (question) => {
        questions.push(question);
        return Promise.resolve(answer);
      },
    };
    const args = parseArguments(scan, []);
    const credential = { user: 'LAB\\admin' };
    const assigned = machines.map((each) => ({ machine: each, credential }));
    const work = () => requireAllowances(assigned, { args, io });
    return { work, questions, file: allowancesFile(io.env, 'linux') };
  }

  it('a yes is kept and asked for once', async () => {
    const { work, questions, file } = await asked('y');
    await work();
    await work();
    expect(questions).toHaveLength(1);
    expect(await readAllowances(file)).toEqual([
      { name: 'ws01', address: '10.0.0.1', port: 445, user: 'LAB\\admin', group: 'lab' },
    ]);
  });

  it('a machine that two groups have is asked about for each of them', async () => {
    const { work, questions, file } = await asked('y', [{ ...machine, groups: ['lab', 'all > office'] }]);
    await addAllowances(file, [{ name: 'ws01', address: '10.0.0.1', port: 445, user: 'LAB\\admin', group: 'lab' }]);
    await work();
    await work();
    expect(questions).toHaveLength(1);
    expect((await readAllowances(file)).map(({ group }) => group)).toEqual(['lab', 'all > office']);
  });

  it.each(['', 'n', 'yesterday'])('"%s" is a no, and nothing is kept', async (answer) => {
    const { work, file } = await asked(answer);
    await expect(work()).rejects.toThrow('Not allowed');
    expect(await readAllowances(file)).toEqual([]);
  });

  it('a name that only NetBIOS knows is asked about even when the user named it', async () => {
    const { work, questions } = await asked('y', [{ ...machine, byUser: true, foundBy: 'netbios' }]);
    await work();
    expect(questions).toHaveLength(1);
  });

  it('a broken list is not written over', async () => {
    const { work, file } = await asked('y');
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '{"schema":"other"}');
    await expect(work()).rejects.toThrow('mend or remove');
    expect(await readFile(file, 'utf8')).toBe('{"schema":"other"}');
  });
});

describe('resolve', () => {
  it('prints each machine with how it was found and where it came from, as its schema says', async () => {
    const place = await workspace({
      ...LAB,
      inner: { hosts: ['no-such-host.invalid'] },
      all: { groups: ['lab', 'inner'] },
    });
    const { code, out } = await runCli(['resolve', '--format', 'json'], place);
    const document = JSON.parse(out) as { machines: unknown[]; failures: unknown[] };
    expect(code).toBe(3);
    expect(schemaErrors('resolve', document)).toEqual([]);
    expect(document.machines).toMatchObject([
      {
        ...{ name: '127.0.0.1', port: 9, addresses: ['127.0.0.1'], foundBy: 'address' },
        ...{ aliases: ['localhost:9'], origins: ['all > lab: 127.0.0.1:9', 'all > lab: localhost:9'] },
      },
    ]);
    expect(document.failures).toMatchObject([{ name: 'no-such-host.invalid' }]);
    const text = await runCli(['resolve', '--group', 'lab'], place);
    expect([text.code, text.out]).toEqual([
      0,
      '1 machine\n  ✓ 127.0.0.1:9  127.0.0.1  by an address\n      from    lab: 127.0.0.1:9\n      from    lab: localhost:9\n      same as localhost:9\n',
    ]);
  });
});

describe('the documentation', () => {
  it('shows a patchlab.json that is right', async () => {
    const page = await readFile('docs/prerequisites.md', 'utf8');
    const blocks = [...page.matchAll(/```json\n([^]*?)```/g)].map(([, text = '']) => text);
    expect(blocks.map((text) => [...(parseConfiguration(text).groups?.keys() ?? [])])).toEqual([
      ['servers', 'lab'],
      ['everything', 'berlin', 'edge'],
      [],
    ]);
    for (const text of blocks) expect(schemaErrors('patchlab-config', JSON.parse(text))).toEqual([]);
  });
});
