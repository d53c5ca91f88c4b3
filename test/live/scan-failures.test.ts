/** What a scan says that does not reach its machine, beside the faults of faults-share.test.ts; and what the command makes of it. */
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../unit/cli/run-cli.ts';
import { findFreeAddress } from '../lab/free-address.ts';
import { startMachine, type LabMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { leavesNothingOn } from './faults-check.ts';
import { contentOf, failureOf, scanLab } from './scan-lab.ts';
import { startWireTap } from './wire-tap.ts';

const content = contentOf('patch P-1 "Something" fixes windows { installed when windows.build >= 99999 }');

let machine: LabMachine;
beforeAll(async () => {
  machine = await startMachine(ws01);
});
afterAll(() => machine.stop());

const scan = (target: string) => scanLab(machine, target, { content });

leavesNothingOn(() => machine);

describe('a scan that does not reach its machine', () => {
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
