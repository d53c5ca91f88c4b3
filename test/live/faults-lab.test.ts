/**
 * Failures that a real server produces, each in a scan of a lab machine: the code, the raw cause, the remedy, the time; and
 * afterwards the server holds no session, no tree, no open file, no share and no started service more than before.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScanOptions } from '../../server/src/scan/options.ts';
import type { ScanResult } from '../../server/src/scan/result.ts';
import { COMMAND } from '../../server/src/wire/smb/header.ts';
import { runPython, whileConnected } from '../lab/foreign.ts';
import { findFreeAddress } from '../lab/free-address.ts';
import { startMachine, type LabMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { startProxy, type LabProxy, type ProxyFaults } from '../lab/proxy.ts';
import { runOrThrow } from '../lab/run-program.ts';
import { expectFault, expectNothingLeft, leavesNothingOn, type Fault } from './faults-check.ts';
import { holdings } from './holdings.ts';
import { EVERY_READ } from './hostile-scan.ts';
import { startMeddler } from './meddler.ts';
import { contentOf, scanLab } from './scan-lab.ts';

const WORKER = fileURLToPath(new URL('hostile-worker.ts', import.meta.url));

const content = contentOf(String.raw`
product sevenzip "7-Zip" {
  each app in programs where app.name matches /^7-Zip/
  installed when file "${'${app.location}'}\7z.exe" exists
}
patch P-1 "Shell" fixes windows { installed when file "C:\Windows\explorer.exe" version >= 99 }
patch P-2 "7-Zip" fixes sevenzip { missing when file "C:\Program Files\7-Zip\7z.exe" version < 99 }
`);
const OTHERS = 'fake-Passw0rd!';
const AT_ONCE = 3000;
const CURRENT_VERSION = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
/** A key's security descriptor that leaves nobody else in. */
const ADMINISTRATORS_ONLY = 'O:BAG:SYD:(A;;RPWPCCDCLCRCWOWDSDSW;;;BA)(A;;RPWPCCDCLCRCWOWDSDSW;;;SY)';

let machine: LabMachine;
let folder: string;
beforeAll(async () => {
  machine = await startMachine({
    ...ws01,
    users: [
      { name: 'sleeper', password: OTHERS, state: 'disabled' },
      { name: 'blocked', password: OTHERS, state: 'locked' },
      { name: 'changer', password: OTHERS, state: 'must-change' },
      { name: 'visitor', password: OTHERS },
    ],
  });
  folder = await mkdtemp(path.join(os.tmpdir(), 'patchlab-faults-'));
});
afterAll(async () => {
  await machine.stop();
  await rm(folder, { recursive: true });
});
leavesNothingOn(() => machine);

/** Long enough for a busy computer; what is told to be silent has a limit of its own. */
const PATIENCE = 10_000;
const scan = (more: Partial<ScanOptions> = {}, target = machine.target) =>
  scanLab(machine, target, { content, requestTimeout: PATIENCE, ...more });

/** Scans another machine, and asks that one too what it holds afterwards. */
async function onMachine(other: LabMachine, fault: Fault): Promise<ScanResult> {
  try {
    const held = await holdings(other);
    const run = () => scanLab(other, other.target, { content, requestTimeout: 1000 });
    const result = await expectFault(run, fault);
    await expectNothingLeft(other, held);
    return result;
  } finally {
    await other.stop();
  }
}

/** Scans through a proxy whose faults begin with a step, before anything of it has been answered. */
async function from(step: number, faults: ProxyFaults, { fault, ...more }: Partial<ScanOptions> & { fault: Fault }) {
  const proxy = await startProxy(machine);
  try {
    return await expectFault(() => scan({ ...more, onProgress: begin(proxy, step, faults) }, proxy.target), fault);
  } finally {
    await proxy.close();
  }
}

const begin = (proxy: LabProxy, step: number, faults: ProxyFaults): NonNullable<ScanOptions['onProgress']> => {
  return (progress) => {
    if (progress.step === step) proxy.setFaults(faults);
  };
};

describe('the way to the machine', () => {
  it('261: nothing listens', async () => {
    const address = await findFreeAddress(4450);
    const fault = { step: 2, code: '261', raw: 'ECONNREFUSED', remedy: /LanmanServer/, within: AT_ONCE };
    await expectFault(() => scan({}, `${address}:4450`), fault);
  });

  it('452: a server that has no process left for another client takes the connection and never answers', async () => {
    const busy = await startMachine({ ...ws01, name: 'busy', smb: { ...ws01.smb, lines: ['max smbd processes = 1'] } });
    const holder = net.connect({ host: busy.address, port: busy.port });
    await new Promise((resolve) => holder.once('connect', resolve));
    try {
      const fault = { step: 2, code: '452', raw: 'REQUEST_TIMEOUT', says: /does not answer/, remedy: /Server service/ };
      const run = () => scanLab(busy, busy.target, { content, requestTimeout: 1000 });
      await expectFault(run, { ...fault, within: 1000 + AT_ONCE });
    } finally {
      holder.destroy();
      await busy.stop();
    }
  });

  it('452: a server of SMB 1 alone', async () => {
    const lines = ['server min protocol = NT1', 'server max protocol = NT1'];
    const old = await startMachine({ ...ws01, name: 'old', smb: { lines } });
    await onMachine(old, { step: 2, code: '452', raw: 'ECONNRESET', remedy: /SMB 2 or 3/, within: AT_ONCE });
  });
});

describe('the logon', () => {
  it('451: a wrong password', async () => {
    const fault = { step: 2, code: '451', raw: 'STATUS_LOGON_FAILURE (0xC000006D)', says: /password is wrong/ };
    const run = () => scanLab({ user: machine.user, password: 'fake-wrong' }, machine.target, { content });
    await expectFault(run, { ...fault, remedy: /not tried a second time/, within: AT_ONCE });
  });

  it.each([
    ['sleeper', 'STATUS_ACCOUNT_DISABLED', /is disabled/, /Enable the account/],
    ['blocked', 'STATUS_ACCOUNT_LOCKED_OUT', /is locked out/, /unlock the account/],
    ['changer', 'STATUS_PASSWORD_MUST_CHANGE', /must be changed/, /change its password/],
    ['visitor', 'STATUS_ACCESS_DENIED', /may not use C\$/, /LocalAccountTokenFilterPolicy/],
  ] as const)('451: %s, %s', async (user, raw, says, remedy) => {
    const run = () => scanLab({ user, password: OTHERS }, machine.target, { content });
    await expectFault(run, { step: 2, code: '451', raw, says, remedy, within: AT_ONCE });
  });

  it('451: a machine that takes no NTLM', async () => {
    const other = await startMachine({
      ...ws01,
      name: 'nontlm',
      smb: { ...ws01.smb, lines: ['ntlm auth = disabled'] },
    });
    const fault = {
      step: 2,
      code: '451',
      raw: 'STATUS_NTLM_BLOCKED',
      says: /does not accept NTLM/,
      remedy: /Restrict NTLM/,
    };
    await onMachine(other, { ...fault, within: AT_ONCE });
  });
});

describe('the share', () => {
  it('301: there is no C$', async () => {
    await machine.setShares({ c: false });
    try {
      const fault = { step: 2, code: '301', raw: 'STATUS_BAD_NETWORK_NAME (0xC00000CC)', remedy: /AutoShareServer/ };
      await expectFault(() => scan(), { ...fault, within: AT_ONCE });
    } finally {
      await machine.setShares({ c: true });
    }
  });

  it('302: it takes one client, and has that', async () => {
    const lines = ['[C$]', `path = ${folder}`, 'max connections = 1'];
    const other = await startMachine({ ...ws01, name: 'full', shares: { c: false }, smb: { ...ws01.smb, lines } });
    const raw = 'STATUS_INSUFFICIENT_RESOURCES (0xC000009A)';
    const fault = {
      step: 2,
      code: '302',
      raw,
      says: /no more connections/,
      remedy: /sessions and shares of the machine/,
    };
    try {
      await whileConnected(other, {}, async () => {
        const held = await holdings(other);
        await expectFault(() => scanLab(other, other.target, { content }), { ...fault, within: AT_ONCE });
        await expectNothingLeft(other, held);
      });
    } finally {
      await other.stop();
    }
  });

  it('303: the session is taken away, because its user came back with another connection', async () => {
    const other = await startMachine({ ...ws01, name: 'again', smb: { ...ws01.smb, encryption: 'off' } });
    const { address, port, user, password } = other;
    let ended = false;
    const between = await startMeddler(other, {
      toClient: async (message) => {
        // The reply to the first TREE_CONNECT, of IPC$; the session's number is in each header (MS-SMB2 2.2.1.2).
        if (!ended && message.readUInt16LE(12) === COMMAND.TREE_CONNECT) {
          ended = true;
          const session = String(message.readBigUInt64LE(40));
          await runPython('end_session.py', { address, port, user, password, session });
        }
        return message;
      },
    });
    try {
      const held = await holdings(other);
      const run = () => scanLab(other, `${between.address}:${between.port}`, { content });
      const raw = 'STATUS_USER_SESSION_DELETED (0xC0000203)';
      await expectFault(run, {
        step: 2,
        code: '303',
        raw,
        says: /ended by the server/,
        remedy: /net use/,
        within: 10_000,
      });
      await expectNothingLeft(other, held);
    } finally {
      await between.close();
      await other.stop();
    }
  });

  it('unknown: it is closed while products are detected', async () => {
    const proxy = await startProxy(machine, { delay: 100 });
    let closed: Promise<void> | undefined;
    try {
      const onProgress: ScanOptions['onProgress'] = ({ step }) => {
        if (step === 5) closed ??= machine.setShares({ c: false });
      };
      const result = await scan({ onProgress }, proxy.target);
      const statuses = result.patches.map(({ id, status }) => [id, status]);
      expect(statuses).toContainEqual(['P-1', 'unknown']);
      expect(JSON.stringify(result)).toMatch(/STATUS_NETWORK_NAME_DELETED|STATUS_BAD_NETWORK_NAME/);
    } finally {
      await closed;
      await machine.setShares({ c: true });
      await proxy.close();
    }
  });

  it('unknown: a file that somebody else holds', async () => {
    const lock = await machine.lockFile('C:\\Windows\\explorer.exe');
    try {
      const result = await scan();
      const [patch] = result.patches.filter(({ id }) => id === 'P-1');
      expect(patch?.status).toBe('unknown');
      expect(JSON.stringify(patch)).toContain('STATUS_SHARING_VIOLATION');
    } finally {
      await lock.release();
    }
  });
});

describe('the registry', () => {
  it('553: the service is stopped', async () => {
    machine.setServiceState('RemoteRegistry', 'stopped');
    try {
      const raw = 'STATUS_OBJECT_NAME_NOT_FOUND (0xC0000034)';
      await expectFault(() => scan(), { step: 3, code: '553', raw, remedy: /Start the service/, within: AT_ONCE });
      expect(machine.serviceState('RemoteRegistry')).toBe('stopped');
    } finally {
      machine.setServiceState('RemoteRegistry', 'running');
    }
  });

  it('553: the service is disabled, and may be started only where it is not', async () => {
    machine.setServiceState('RemoteRegistry', 'stopped', true);
    try {
      const changes = { folder, startRemoteRegistry: true };
      const raw = 'STATUS_OBJECT_NAME_NOT_FOUND';
      const fault = { step: 3, code: '553', raw, remedy: /--enable-remote-registry/, within: AT_ONCE };
      await expectFault(() => scan({ changes }), fault);
      expect([machine.serviceState('RemoteRegistry'), machine.isServiceDisabled('RemoteRegistry')]).toEqual([
        'stopped',
        true,
      ]);
    } finally {
      machine.setServiceState('RemoteRegistry', 'running');
    }
  });

  it('502: the service hangs', async () => {
    const other = await startMachine({
      ...ws01,
      name: 'hanging',
      smb: { ...ws01.smb, lines: ['rpcd_winreg:num_workers = 0'] },
    });
    const fault = { step: 3, code: '502', raw: 'REQUEST_TIMEOUT', says: /does not answer/, remedy: /Scan again/ };
    await onMachine(other, { ...fault, within: 1000 + AT_ONCE });
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
      const held = await holdings(other);
      const run = () => scanLab({ user: 'visitor', password: OTHERS }, other.target, { content });
      const fault = { step: 4, code: 'PL401', raw: 'ERROR_ACCESS_DENIED (5)', says: /could not be opened/ };
      await expectFault(run, { ...fault, remedy: /may read HKLM/, within: AT_ONCE });
      await expectNothingLeft(other, held);
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
    const look = () => Promise.resolve([{ address: machine.address }]);
    const run = () => scan({ nameServices: { look } }, `somebody-else.example:${machine.port}`);
    const fault = { step: 4, code: 'PL403', raw: 'NAME_MISMATCH', says: /Wrong machine/, remedy: /name service/ };
    await expectFault(run, { ...fault, within: AT_ONCE });
  });
});

describe('a scan that is cancelled', () => {
  it.each([2, 3, 4, 5, 6])('in step %i leaves nothing behind', async (step) => {
    const cancel = new AbortController();
    const proxy = await startProxy(machine, { delay: 30 });
    const onProgress: ScanOptions['onProgress'] = (progress) => {
      if (progress.step !== step || cancel.signal.aborted) return;
      started = performance.now();
      cancel.abort(new Error('cancelled by the test'));
    };
    let started = Infinity;
    try {
      await expect(scan({ signal: cancel.signal, onProgress }, proxy.target)).rejects.toThrow('cancelled by the test');
      // Whoever waited for an answer would wait much longer.
      expect(performance.now() - started).toBeLessThan(PATIENCE / 5);
    } finally {
      await proxy.close();
    }
  });
});

describe('a scan that is killed', () => {
  it('leaves nothing behind, wherever it was', async () => {
    const proxy = await startProxy(machine, { delay: 40 });
    const before = await holdings(machine);
    try {
      for (const after of [0, 200, 400]) {
        const order = { target: proxy.target, content: EVERY_READ, deadline: 20_000, requestTimeout: 10_000 };
        const worker = fork(WORKER, { execArgv: ['--expose-gc', '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'] });
        worker.send(order);
        for (let look = 0; look < 400 && (await machine.sessions()).length === before.sessions; look++) await sleep(10);
        // It was in the middle of its work: logged on, and with something open.
        expect((await machine.sessions()).length).toBeGreaterThan(before.sessions);
        await sleep(after);
        const ended = once(worker, 'exit');
        worker.kill('SIGKILL');
        expect((await ended)[1]).toBe('SIGKILL');
        await expectNothingLeft(machine, before);
      }
    } finally {
      await proxy.close();
    }
  });
});

describe('a machine whose only client is killed by its administrator', () => {
  it('PL501 or PL601: and all that it held is gone', async () => {
    const proxy = await startProxy(machine, { delay: 60 });
    let killed: Promise<string> | undefined;
    try {
      const onProgress: ScanOptions['onProgress'] = ({ step }) => {
        if (step === 5)
          killed ??= runOrThrow('smbcontrol', ['-s', machine.conf, 'smbd', 'kill-client-ip', '127.0.0.1']);
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

it('and after all of that the machine is scanned whole', async () => {
  const result = await scan();
  expect(result.steps.slice(0, 6).map(({ status }) => status)).toEqual(Array(6).fill('ok'));
  expect(result.patches.map(({ id, status }) => [id, status])).toEqual([
    ['P-1', 'missing'],
    ['P-2', 'missing'],
  ]);
});
