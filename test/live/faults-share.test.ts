/** Failures on the way to the share, which a real server produces: the code, the raw cause, the remedy, the time. */
import { describe, expect, it } from 'vitest';
import type { ScanOptions } from '../../server/src/scan/options.ts';
import { COMMAND } from '../../server/src/wire/smb/header.ts';
import { runPython, whileConnected } from '../lab/foreign.ts';
import { findFreeAddress } from '../lab/free-address.ts';
import { startMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { startProxy } from '../lab/proxy.ts';
import { expectFault, leavingNothing } from './faults-check.ts';
import { AT_ONCE, content, folder, machine, onMachine, OTHERS, scan, withMachine } from './faults-run.ts';
import { startMeddler } from './meddler.ts';
import { scanLab } from './scan-lab.ts';

withMachine();

describe('the way to the machine', () => {
  it('261: nothing listens', async () => {
    const address = await findFreeAddress(4450);
    const fault = { step: 2, code: '261', raw: 'ECONNREFUSED', remedy: /LanmanServer/, within: AT_ONCE };
    await expectFault(() => scan({}, `${address}:4450`), fault);
  });

  it('452: a server that has no process left for another client closes the connection', async () => {
    const busy = await startMachine({ ...ws01, name: 'busy', smb: { ...ws01.smb, lines: ['max smbd processes = 1'] } });
    const fault = { step: 2, code: '452', raw: 'ECONNRESET', says: /closed the connection/, remedy: /Server service/ };
    await onMachine(busy, { ...fault, within: AT_ONCE });
  });

  it('452: a server that hangs takes the connection and never answers', async () => {
    const resume = machine().pause();
    try {
      const fault = { step: 2, code: '452', raw: 'REQUEST_TIMEOUT', says: /does not answer/, remedy: /Server service/ };
      await expectFault(() => scan({ requestTimeout: 1000 }), { ...fault, within: 1000 + AT_ONCE });
    } finally {
      resume();
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
    const run = () => scanLab({ user: machine().user, password: 'fake-wrong' }, machine().target, { content });
    await expectFault(run, { ...fault, remedy: /not tried a second time/, within: AT_ONCE });
  });

  it.each([
    ['sleeper', 'STATUS_ACCOUNT_DISABLED', /is disabled/, /Enable the account/],
    ['blocked', 'STATUS_ACCOUNT_LOCKED_OUT', /is locked out/, /unlock the account/],
    ['changer', 'STATUS_PASSWORD_MUST_CHANGE', /must be changed/, /change its password/],
    ['visitor', 'STATUS_ACCESS_DENIED', /may not use C\$/, /LocalAccountTokenFilterPolicy/],
  ] as const)('451: %s, %s', async (user, raw, says, remedy) => {
    const run = () => scanLab({ user, password: OTHERS }, machine().target, { content });
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
    await machine().setShares({ c: false });
    try {
      const fault = { step: 2, code: '301', raw: 'STATUS_BAD_NETWORK_NAME (0xC00000CC)', remedy: /AutoShareServer/ };
      await expectFault(() => scan(), { ...fault, within: AT_ONCE });
    } finally {
      await machine().setShares({ c: true });
    }
  });

  it('302: it takes one client, and has that', async () => {
    const lines = ['[C$]', `path = ${folder()}`, 'max connections = 1'];
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
        const run = () => scanLab(other, other.target, { content });
        await leavingNothing([other], () => expectFault(run, { ...fault, within: AT_ONCE }));
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
      const run = () => scanLab(other, `${between.address}:${between.port}`, { content });
      const raw = 'STATUS_USER_SESSION_DELETED (0xC0000203)';
      const fault = { step: 2, code: '303', raw, says: /ended by the server/, remedy: /net use/, within: 10_000 };
      await leavingNothing([other], () => expectFault(run, fault));
    } finally {
      await between.close();
      await other.stop();
    }
  });

  it('unknown: it is closed while products are detected', async () => {
    const proxy = await startProxy(machine(), { delay: 100 });
    let closed: Promise<void> | undefined;
    try {
      const onProgress: ScanOptions['onProgress'] = ({ step }) => {
        if (step === 5) closed ??= machine().setShares({ c: false });
      };
      const result = await scan({ onProgress }, proxy.target);
      const statuses = result.patches.map(({ id, status }) => [id, status]);
      expect(statuses).toContainEqual(['P-1', 'unknown']);
      expect(JSON.stringify(result)).toMatch(/STATUS_NETWORK_NAME_DELETED|STATUS_BAD_NETWORK_NAME/);
    } finally {
      await closed;
      await machine().setShares({ c: true });
      await proxy.close();
    }
  });

  it('unknown: a file that somebody else holds', async () => {
    const lock = await machine().lockFile('C:\\Windows\\explorer.exe');
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
