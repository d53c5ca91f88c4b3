/** `patchlab doctor` on a machine with one fault after another: it names the first that fails, and nothing after it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFreeAddress } from '../lab/free-address.ts';
import { startMachine, type LabMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { runCli } from '../unit/cli/run-cli.ts';
import { schemaErrors } from '../unit/results/schemas.ts';
import { leavesNothingOn } from './faults-check.ts';

let machine: LabMachine;
beforeAll(async () => {
  machine = await startMachine(ws01);
});
afterAll(() => machine.stop());
leavesNothingOn(() => machine);

interface Told {
  readonly healthy: boolean;
  readonly examinations: readonly {
    readonly name: string;
    readonly status: string;
    readonly said: string;
    readonly error?: { readonly code: string | null; readonly raw: string; readonly remedy: string };
  }[];
}

async function doctor(target = machine.target, password = machine.password) {
  const args = ['doctor', target, '--user', machine.user, '--format', 'json'];
  const { code, out, err } = await runCli(args, { env: { PATCHLAB_PASSWORD: password } });
  expect(schemaErrors('doctor', JSON.parse(out))).toEqual([]);
  expect(out + err).not.toContain(password);
  const { healthy, examinations } = JSON.parse(out) as Told;
  expect(code).toBe(healthy ? 0 : 3);
  return { healthy, examinations, last: examinations.at(-1), statuses: examinations.map(({ status }) => status) };
}

describe('the doctor', () => {
  it('finds nothing wrong with a machine that is as it should be', async () => {
    const { healthy, examinations } = await doctor();
    expect(healthy).toBe(true);
    const found = new Map(examinations.map(({ name, status }) => [name, status]));
    for (const name of [`TCP port ${machine.port}`, 'logon and C$', 'ADMIN$', 'remote registry', 'service control'])
      expect([name, found.get(name)]).toEqual([name, 'ok']);
    expect(examinations.find(({ name }) => name === 'logon and C$')?.said).toMatch(/SMB 3.1.1, signed with .* WS01/);
  });

  it('stops at a name that nobody knows', async () => {
    const { last } = await doctor('no-such-host.invalid');
    expect(last).toMatchObject({ name: 'name', status: 'failed' });
    expect(['200', '201']).toContain(last?.error?.code);
  });

  it('stops at a closed port, and looks at 139 too where 445 was asked for', async () => {
    const { examinations } = await doctor(`${await findFreeAddress(4450)}:4450`);
    expect(examinations.find(({ status }) => status === 'failed')).toMatchObject({
      ...{ name: 'TCP port 4450', error: { code: '261', raw: 'ECONNREFUSED' } },
    });
    expect(examinations.at(-1)?.name).toBe('TCP port 4450');
    const both = await doctor(await findFreeAddress(445));
    expect(both.examinations.slice(-2)).toMatchObject([
      { name: 'TCP port 139', status: 'warning', said: 'ECONNREFUSED' },
      { name: 'TCP port 445', status: 'failed', error: { code: '261' } },
    ]);
  });

  it('stops at a wrong password', async () => {
    const { last } = await doctor(machine.target, 'fake-wrong-password');
    expect(last).toMatchObject({ name: 'logon and C$', status: 'failed', error: { code: '451' } });
    expect(last?.error?.raw).toBe('STATUS_LOGON_FAILURE (0xC000006D)');
  });

  it('stops at C$ when it is not there', async () => {
    await machine.setShares({ c: false });
    try {
      expect((await doctor()).last).toMatchObject({ name: 'logon and C$', error: { code: '301' } });
    } finally {
      await machine.setShares({ c: true });
    }
  });

  it('stops at a stopped Remote Registry service', async () => {
    machine.setServiceState('RemoteRegistry', 'stopped');
    try {
      const { last } = await doctor();
      expect(last).toMatchObject({ name: 'remote registry', status: 'failed', error: { code: '553' } });
    } finally {
      machine.setServiceState('RemoteRegistry', 'running');
    }
  });

  it('stops at service control that cannot be used', async () => {
    machine.denyPipe('svcctl', true);
    try {
      const { last } = await doctor();
      expect(last).toMatchObject({ name: 'service control', status: 'failed', error: { code: null } });
      expect(last?.error?.remedy).toContain('Administrators');
    } finally {
      machine.denyPipe('svcctl', false);
    }
  });

  it('without a user tests what needs no credential, and says what was not tested', async () => {
    const { code, out } = await runCli(['doctor', machine.target]);
    expect(code).toBe(0);
    expect(out).toMatch(/· remote registry +not tested: it needs a credential/);
  });
});
