/** Failures from the registry on, which a real server produces: the code, the raw cause, the remedy, the time. */
import os from 'node:os';
import { describe, expect, it } from 'vitest';
import type { ScanOptions } from '../../server/src/scan/options.ts';
import { startMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { startProxy } from '../lab/proxy.ts';
import { runOrThrow } from '../lab/run-program.ts';
import { expectFault, leavingNothing } from './faults-check.ts';
import { AT_ONCE, content, folder, from, machine, onMachine, OTHERS, scan, withMachine } from './faults-run.ts';
import { scanLab } from './scan-lab.ts';

const CURRENT_VERSION = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
/** A key's security descriptor that leaves nobody else in. */
const ADMINISTRATORS_ONLY = 'O:BAG:SYD:(A;;RPWPCCDCLCRCWOWDSDSW;;;BA)(A;;RPWPCCDCLCRCWOWDSDSW;;;SY)';

withMachine();

describe('the registry', () => {
  it('553: the service is stopped', async () => {
    machine().setServiceState('RemoteRegistry', 'stopped');
    try {
      const raw = 'STATUS_OBJECT_NAME_NOT_FOUND (0xC0000034)';
      await expectFault(() => scan(), { step: 3, code: '553', raw, remedy: /Start the service/, within: AT_ONCE });
      expect(machine().serviceState('RemoteRegistry')).toBe('stopped');
    } finally {
      machine().setServiceState('RemoteRegistry', 'running');
    }
  });

  it('553: the service is disabled, and may be started only where it is not', async () => {
    machine().setServiceState('RemoteRegistry', 'stopped', true);
    try {
      const changes = { folder: folder(), startRemoteRegistry: true };
      const raw = 'STATUS_OBJECT_NAME_NOT_FOUND';
      const fault = { step: 3, code: '553', raw, remedy: /--enable-remote-registry/, within: AT_ONCE };
      await expectFault(() => scan({ changes }), fault);
      expect([machine().serviceState('RemoteRegistry'), machine().isServiceDisabled('RemoteRegistry')]).toEqual([
        'stopped',
        true,
      ]);
    } finally {
      machine().setServiceState('RemoteRegistry', 'running');
    }
  });

  it('502: the service hangs', async () => {
    const other = await startMachine({
      ...ws01,
      name: 'hanging',
      smb: { ...ws01.smb, lines: ['rpcd_winreg:num_workers = 0'] },
    });
    const fault = { step: 3, code: '502', raw: 'REQUEST_TIMEOUT', says: /does not answer/, remedy: /Scan again/ };
    await onMachine(other, { ...fault, within: 1000 + AT_ONCE }, { requestTimeout: 1000 });
  });

  it('503: the connection is cut while it is opened', async () => {
    const fault = { step: 3, code: '503', raw: 'ECONNRESET', remedy: /Scan again/, within: AT_ONCE };
    await from(3, { cutAfter: 1 }, { fault });
  });
});

describe('the operating system', () => {
  it('PL401: the account may not read the key that tells it', async () => {
    // Whoever is no administrator gets a C$ of this machine's, so that only the registry is in the way.
    const lines = ['[C$]', `path = ${os.tmpdir()}`];
    const users = [{ name: 'visitor', password: OTHERS }];
    const other = await startMachine({
      ...ws01,
      name: 'denied',
      users,
      shares: { c: false },
      smb: { ...ws01.smb, lines },
    });
    try {
      await runOrThrow('net', ['-s', other.conf, 'registry', 'setsd_sddl', CURRENT_VERSION, ADMINISTRATORS_ONLY]);
      const run = () => scanLab({ user: 'visitor', password: OTHERS }, other.target, { content });
      const fault = { step: 4, code: 'PL401', raw: 'ERROR_ACCESS_DENIED (5)', says: /could not be opened/ };
      await leavingNothing([other], () => expectFault(run, { ...fault, remedy: /may read HKLM/, within: AT_ONCE }));
    } finally {
      await other.stop();
    }
  });
});

describe('a machine that says nothing of its Windows', () => {
  it('PL402: the values that tell it are gone', async () => {
    const { [CURRENT_VERSION]: _, ...registry } = ws01.registry ?? {};
    const other = await startMachine({ ...ws01, name: 'nobody', registry });
    const fault = { step: 4, code: 'PL402', raw: 'value "CurrentVersion"', says: /no version of Windows/ };
    await onMachine(other, { ...fault, remedy: /is a Windows machine/, within: AT_ONCE });
  });
});

describe('a connection that is lost', () => {
  it.each([
    [4, 'PL405'],
    [5, 'PL501'],
    [6, 'PL601'],
  ] as const)('in step %i: %s, when it is cut', async (step, code) => {
    const fault = { step, code, raw: 'ECONNRESET', remedy: /Scan again/, within: AT_ONCE };
    const result = await from(step, { cutAfter: 1 }, { fault });
    if (step > 4) expect(result.patches.map(({ status }) => status)).toContain('unknown');
    expect(result.patches.map(({ status }) => status)).not.toContain('missing');
  });

  it.each([
    [4, 'PL405'],
    [5, 'PL501'],
    [6, 'PL601'],
  ] as const)('in step %i: %s, when the machine falls silent', async (step, code) => {
    const fault = { step, code, raw: 'REQUEST_TIMEOUT', remedy: /Scan again/, within: 2 * 2000 + 2000 + AT_ONCE };
    await from(step, { stallAfter: 1 }, { fault, requestTimeout: 2000 });
  });

  it.each([
    [4, 'PL406'],
    [5, 'PL502'],
    [6, 'PL602'],
  ] as const)('in step %i: %s, when the time of the scan is over first', async (step, code) => {
    const fault = { step, code, raw: 'SCAN_DEADLINE', remedy: /more time/, within: 3000 + AT_ONCE };
    await from(step, { stallAfter: 1 }, { fault, deadline: 3000, requestTimeout: 20_000 });
  });
});

describe('another machine', () => {
  it('PL403: answers under the name', async () => {
    const look = () => Promise.resolve([{ address: machine().address }]);
    const run = () => scan({ nameServices: { look } }, `somebody-else.example:${machine().port}`);
    const fault = { step: 4, code: 'PL403', raw: 'NAME_MISMATCH', says: /Wrong machine/, remedy: /name service/ };
    await expectFault(run, { ...fault, within: AT_ONCE });
  });
});

describe('a machine whose only client is killed by its administrator', () => {
  it('PL501 or PL601: and all that it held is gone', async () => {
    const proxy = await startProxy(machine(), { delay: 60 });
    let killed: Promise<string> | undefined;
    try {
      const onProgress: ScanOptions['onProgress'] = ({ step }) => {
        if (step === 5)
          killed ??= runOrThrow('smbcontrol', ['-s', machine().conf, 'smbd', 'kill-client-ip', '127.0.0.1']);
      };
      const result = await scan({ onProgress }, proxy.target);
      const failed = result.steps
        .filter(({ status }) => status === 'failed')
        .map(({ error }) => [error?.code, error?.raw]);
      expect(failed).toContainEqual(['PL601', 'ECONNRESET']);
      expect(result.patches.every(({ status }) => status === 'unknown')).toBe(true);
    } finally {
      await killed;
      await proxy.close();
    }
  });
});
