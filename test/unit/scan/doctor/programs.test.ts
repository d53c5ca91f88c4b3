import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { examine, type Examination } from '../../../../server/src/scan/doctor/doctor.ts';
import { pingArguments, systemProgram } from '../../../../server/src/scan/doctor/programs.ts';

const signal = new AbortController().signal;

async function folderWith(name: string, script: string): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'patchlab-programs-'));
  await writeFile(path.join(folder, name), `#!/bin/sh\n${script}\n`);
  await chmod(path.join(folder, name), 0o755);
  return folder;
}

describe('a program of the system', () => {
  it('is run without a shell and shown as a person would type it', async () => {
    const folder = await folderWith('ping', 'echo "$#:$1:$2"; echo oh >&2; exit 1');
    const run = systemProgram({ PATH: `relative:${folder}` });
    expect(await run('ping', ['a b', '$(id)'], signal)).toEqual({
      ...{ command: 'ping a b $(id)', output: '2:a b:$(id)\noh', succeeded: false },
    });
  });

  it('is not taken from a folder that the PATH names relatively, nor invented', async () => {
    const folder = await folderWith('ping', 'echo evil');
    const run = systemProgram({ PATH: path.relative(process.cwd(), folder) });
    expect(await run('ping', ['x'], signal)).toBeUndefined();
  });

  it('does not print without end', async () => {
    const folder = await folderWith('ping', 'i=0; while [ $i -lt 5000 ]; do echo "line $i"; i=$((i+1)); done');
    expect((await systemProgram({ PATH: folder })('ping', [], signal))?.output.length).toBeLessThanOrEqual(8000);
  });

  it('is asked for two packets on every system', () => {
    expect(['linux', 'darwin', 'win32'].map((each) => pingArguments('h', each as NodeJS.Platform).join(' '))).toEqual([
      '-c 2 -w 4 h',
      '-c 2 -t 4 h',
      '-n 2 -w 2000 h',
    ]);
  });
});

describe('the doctor', () => {
  async function examined(run: Parameters<typeof examine>[0]['run']) {
    const told: Examination[] = [];
    const machine = { host: 'localhost', port: 9, addresses: ['127.0.0.1'], foundBy: 'dns' as const };
    const healthy = await examine({
      ...{ ...machine, resolved: { ok: true, value: machine }, signal, ...(run && { run }) },
      tell: (examination) => told.push(examination),
    });
    return { healthy, told: told.map(({ name, status }) => [name, status]), examinations: told };
  }

  it('says not tested where the system has no such program, and lets no connection pass for a ping', async () => {
    const { healthy, told } = await examined(() => Promise.resolve(undefined));
    expect(healthy).toBe(false);
    expect(told.slice(0, 4)).toEqual([
      ['nslookup', 'not tested'],
      ['name', 'ok'],
      ['ping', 'not tested'],
      ['TCP port 9', 'failed'],
    ]);
  });

  it('shows command and output, and goes on where a ping is dropped', async () => {
    const { told, examinations } = await examined((name, args) =>
      Promise.resolve({
        command: [name, ...args].join(' '),
        output: `said by ${name}`,
        succeeded: name === 'nslookup',
      }),
    );
    expect(told.slice(0, 3)).toEqual([
      ['nslookup', 'ok'],
      ['name', 'ok'],
      ['ping', 'warning'],
    ]);
    expect(examinations[2]).toMatchObject({ command: 'ping -c 2 -w 4 localhost', output: 'said by ping' });
    expect(examinations[3]?.error).toMatchObject({ code: '261', raw: 'ECONNREFUSED' });
  });
});
