/** Every way of not reaching a machine, provoked for real: the code, the raw cause beneath it, a remedy, exit code 3. */
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../unit/cli/run-cli.ts';
import { findFreeAddress } from '../lab/free-address.ts';
import { startMachine, type LabMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { startProxy } from '../lab/proxy.ts';
import { contentOf, failureOf, scanLab } from './scan-lab.ts';
import { startWireTap } from './wire-tap.ts';

const content = contentOf('patch P-1 "Something" fixes windows { installed when windows.build >= 99999 }');

let machine: LabMachine;
beforeAll(async () => {
  machine = await startMachine(ws01);
});
afterAll(() => machine.stop());

const scan = (target = machine.target, password = machine.password) =>
  scanLab({ user: machine.user, password }, target, { content });

describe('a scan that does not reach its machine', () => {
  it('says that the password is wrong, and claims nothing', async () => {
    const result = await scan(machine.target, 'fake-wrong-password');
    expect(failureOf(result)).toMatchObject({ step: 2, code: '451', raw: 'STATUS_LOGON_FAILURE (0xC000006D)' });
    expect(failureOf(result)?.meaning).toMatch(/password is wrong/);
    expect(failureOf(result)?.remedy).toMatch(/[Cc]heck user name/);
    expect(result.steps.map((step) => step.status)).toEqual([
      ...['ok', 'failed', 'skipped', 'skipped', 'skipped', 'skipped', 'skipped'],
    ]);
    expect([result.products, result.patches]).toEqual([[], []]);
  });

  it('says that the account is disabled or locked', async () => {
    const users = [
      { name: 'sleeper', password: 'fake-Passw0rd!', state: 'disabled' as const },
      { name: 'blocked', password: 'fake-Passw0rd!', state: 'locked' as const },
      { name: 'changer', password: 'fake-Passw0rd!', state: 'must-change' as const },
      { name: 'visitor', password: 'fake-Passw0rd!' },
    ];
    const other = await startMachine({ ...ws01, users });
    try {
      const errorOf = async (user: string) =>
        failureOf(await scanLab({ user, password: 'fake-Passw0rd!' }, other.target, { content }));
      expect(await errorOf('sleeper')).toMatchObject({ code: '451', raw: 'STATUS_ACCOUNT_DISABLED (0xC0000072)' });
      expect(await errorOf('blocked')).toMatchObject({ code: '451', raw: 'STATUS_ACCOUNT_LOCKED_OUT (0xC0000234)' });
      expect(await errorOf('changer')).toMatchObject({ code: '451', raw: 'STATUS_PASSWORD_MUST_CHANGE (0xC0000224)' });
      const visitor = await errorOf('visitor');
      expect(visitor).toMatchObject({ step: 2, code: '451', raw: 'STATUS_ACCESS_DENIED (0xC0000022)' });
      expect(visitor?.remedy).toContain('LocalAccountTokenFilterPolicy');
    } finally {
      await other.stop();
    }
  });

  it('says that the name is unknown', async () => {
    const failure = failureOf(await scan('no-such-host.invalid'));
    expect(failure).toMatchObject({
      step: 1,
      validate: expect.stringContaining('nslookup no-such-host.invalid') as string,
    });
    // Without any name service at all, the question cannot even be asked.
    expect([failure?.code, failure?.raw]).toEqual(
      failure?.raw === 'EAI_AGAIN' ? ['201', 'EAI_AGAIN'] : ['200', 'ENOTFOUND'],
    );
  });

  it('says that nothing listens', async () => {
    const address = await findFreeAddress(4450);
    expect(failureOf(await scan(`${address}:4450`))).toMatchObject({ step: 2, code: '261', raw: 'ECONNREFUSED' });
  });

  it('says that something listens and never answers', async () => {
    const proxy = await startProxy(machine, { silent: true });
    try {
      const result = await scanLab(machine, proxy.target, { content, requestTimeout: 300 });
      expect(failureOf(result)).toMatchObject({ step: 2, code: '452' });
    } finally {
      await proxy.close();
    }
  });

  it('says that something listens and speaks no SMB', async () => {
    const server = net.createServer((socket) =>
      socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    const address = await findFreeAddress(4450);
    await new Promise<void>((resolve) => server.listen({ host: address, port: 4450 }, resolve));
    try {
      expect(failureOf(await scan(`${address}:4450`))).toMatchObject({ step: 2, code: '452' });
    } finally {
      server.close();
    }
  });

  it('says that C$ is not there', async () => {
    await machine.setShares({ c: false });
    try {
      const failure = failureOf(await scan());
      expect(failure).toMatchObject({ step: 2, code: '301', raw: 'STATUS_BAD_NETWORK_NAME (0xC00000CC)' });
      expect(failure?.remedy).toContain('AutoShareServer');
      expect(failure?.validate).toBe(`net use \\\\${machine.address}\\C$ /user:NAME *`);
    } finally {
      await machine.setShares({ c: true });
    }
  });

  it('says that the Remote Registry service is stopped', async () => {
    machine.setServiceState('RemoteRegistry', 'stopped');
    try {
      const failure = failureOf(await scan());
      expect(failure).toMatchObject({ step: 3, code: '553', raw: 'STATUS_OBJECT_NAME_NOT_FOUND (0xC0000034)' });
      expect(failure?.remedy).toContain('RemoteRegistry');
    } finally {
      machine.setServiceState('RemoteRegistry', 'running');
    }
  });

  it('goes well again when all is as it should be', async () => {
    const result = await scan();
    expect(failureOf(result)).toBeUndefined();
    expect(result.patches.map((patch) => patch.status)).toEqual(['missing']);
  });
});

describe('the command', () => {
  const args = ['--content', 'samples', '--machine'];
  const asUser = () => ['--user', machine.user, '--format', 'json'];

  it('ends with 3, prints the code, and never prints the password', async () => {
    const secret = 'fake-wrong-Passw0rd-77';
    const { code, out, err } = await runCli(['scan', ...args, machine.target, ...asUser()], {
      env: { PATCHLAB_PASSWORD: secret },
    });
    expect(code).toBe(3);
    expect(out).toContain('STATUS_LOGON_FAILURE');
    expect(out + err).not.toContain(secret);
  });

  it('does not use a refused credential for any other machine, also of those scanned at the same time', async () => {
    const taps = await Promise.all(Array.from({ length: 12 }, () => startWireTap(machine)));
    try {
      const machines = taps.flatMap((tap) => ['--machine', tap.target]).slice(1);
      const { code, out, err } = await runCli(['scan', ...args, ...machines, ...asUser(), '--password-stdin'], {
        stdin: 'fake-wrong\n',
      });
      expect(code).toBe(3);
      // The third message of NTLM, AUTHENTICATE, carries the proof of the password (MS-NLMP 2.2.1.3).
      expect(taps.filter((tap) => tap.sent('NTLMSSP\0\u0003\0\0\0'))).toHaveLength(1);
      const { results } = JSON.parse(out) as { results: { steps: { error?: { raw: string } }[] }[] };
      const raw = results.map(({ steps }) => steps[1]?.error?.raw.split(/[ :]/)[0]);
      expect(raw.filter((each) => each === 'STATUS_LOGON_FAILURE')).toHaveLength(1);
      expect(new Set(raw)).toEqual(new Set(['STATUS_LOGON_FAILURE', 'CREDENTIAL_WITHHELD']));
      expect(err).toContain('not used for');
    } finally {
      await Promise.all(taps.map((tap) => tap.close()));
    }
  });
});
