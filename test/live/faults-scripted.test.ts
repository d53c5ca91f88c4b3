/** Failures that no lab machine produces, provoked by the scripted server: the code, the raw cause, the remedy, the time. */
import { afterEach, describe, expect, it } from 'vitest';
import type { ScanOptions } from '../../server/src/scan/options.ts';
import { LIAR_ACCOUNT, startLiar, type Liar, type Lies } from '../lab/liar/liar.ts';
import { body, refusing, refusingDrive } from '../lab/liar/lies.ts';
import { usualImage } from '../lab/liar/image.ts';
import { NdrWriter } from '../../server/src/wire/dcerpc/ndr.ts';
import { COMMAND } from '../lab/liar/requests.ts';
import { expectFault, type Fault } from './faults-check.ts';
import { contentOf, scanLab } from './scan-lab.ts';

const content = contentOf(String.raw`
product p.value "Value" { installed when key "HKLM\SOFTWARE\Probe" value "Text" exists }
patch P-1 "Value" fixes p.value { missing when file "C:\probe\probe.txt" text contains "as it is" }
`);

let liar: Liar | undefined;
afterEach(async () => {
  await liar?.close();
});

async function scan(lies: Lies, more: Partial<ScanOptions> = {}) {
  liar = await startLiar(lies);
  return await scanLab(LIAR_ACCOUNT, liar.target, { content, requestTimeout: 500, ...more });
}

const AT_ONCE = 1500;
const SHARE_REMEDY = /sessions and shares of the machine/;

describe('the share, with the scripted server', () => {
  it.each([
    ['302', 'STATUS_SHARING_PAUSED', 0xc00000cf, [/paused/, SHARE_REMEDY]],
    ['302', 'STATUS_REQUEST_NOT_ACCEPTED', 0xc00000d0, [/no more sessions/, SHARE_REMEDY]],
    ['302', 'STATUS_INSUFF_SERVER_RESOURCES', 0xc0000205, [/lacks resources/, SHARE_REMEDY]],
    ['303', 'STATUS_NETWORK_SESSION_EXPIRED', 0xc000035c, [/has expired/, /net use/]],
    ['303', 'STATUS_USER_SESSION_DELETED', 0xc0000203, [/ended by the server/, /net use/]],
    ['303', 'STATUS_NETWORK_CREDENTIAL_CONFLICT', 0xc0000195, [/other credentials/, /net use/]],
    ['301', 'STATUS_PATH_NOT_COVERED', 0xc0000257, [/never followed/, /AutoShareServer/]],
    ['301', 'STATUS_BAD_DEVICE_TYPE', 0xc00000cb, [/no disk/, /AutoShareServer/]],
    ['301', 'STATUS_NETWORK_NAME_DELETED', 0xc00000c9, [/removed while/, /AutoShareServer/]],
    ['451', 'STATUS_NETWORK_ACCESS_DENIED', 0xc00000ca, [/may not use the network/, /local Administrators/]],
  ] as const)('%s: %s', async (code, raw, status, [says, remedy]) => {
    await expectFault(() => scan(refusingDrive(status)), { step: 2, code, raw, says, remedy, within: AT_ONCE });
  });

  it('301: C$ is a pipe', async () => {
    const pipe = body(COMMAND.TREE_CONNECT, (bytes) => bytes.writeUInt8(2, 2));
    const fault: Fault = {
      ...{ step: 2, code: '301', raw: 'WRONG_SHARE_TYPE', says: /is no disk/ },
      ...{ remedy: /AutoShareServer/, within: AT_ONCE },
    };
    await expectFault(() => scan(pipe), fault);
  });
});

describe('the logon, with the scripted server', () => {
  it.each([
    ['STATUS_PASSWORD_EXPIRED', 0xc0000071, /password has expired/, /change its password/],
    ['STATUS_ACCOUNT_RESTRICTION', 0xc000006e, /restriction of the account/, /local Administrators/],
    ['STATUS_ACCOUNT_EXPIRED', 0xc0000193, /account has expired/, /Extend the account/],
    ['STATUS_INVALID_WORKSTATION', 0xc0000070, /from this computer/, /local Administrators/],
    ['STATUS_INVALID_LOGON_HOURS', 0xc000006f, /at this hour/, /local Administrators/],
    ['STATUS_LOGON_TYPE_NOT_GRANTED', 0xc000015b, /over the network/, /local Administrators/],
    ['STATUS_NO_LOGON_SERVERS', 0xc000005e, /no domain controller/, /connection to its domain/],
    ['STATUS_TRUSTED_RELATIONSHIP_FAILURE', 0xc000018d, /trust in its domain/, /local Administrators/],
    ['STATUS_NTLM_BLOCKED', 0xc0000418, /does not accept NTLM/, /Restrict NTLM/],
  ] as const)('451: %s', async (raw, status, says, remedy) => {
    const last: Lies = {
      reply: (reply, request) =>
        request.command === COMMAND.SESSION_SETUP && reply.status === 0 ? { ...reply, status } : reply,
    };
    await expectFault(() => scan(last), { step: 2, code: '451', raw, says, remedy, within: AT_ONCE });
  });

  it('452: no SMB dialect can be agreed', async () => {
    const raw = 'STATUS_NOT_SUPPORTED';
    const fault = { step: 2, code: '452', raw, says: /dialect/, remedy: /SMB 2 or 3/, within: AT_ONCE };
    await expectFault(() => scan(refusing(0xc00000bb, COMMAND.NEGOTIATE)), fault);
  });
});

/** A Win32 code from the call that opens HKLM, or from the one that opens a key. */
const denied = (operation: number): Lies => ({
  rpc: (call) =>
    call.pipe === 'winreg' && call.operation === operation
      ? new NdrWriter().bytes(Buffer.alloc(20)).u32(5).finish()
      : undefined,
});

describe('the registry, with the scripted server', () => {
  it.each([
    ['501', 'STATUS_ACCESS_DENIED', 0xc0000022, [undefined, /SecurePipeServers/]],
    ['502', 'STATUS_PIPE_BUSY', 0xc00000ae, [/busy/, /Scan again/]],
    ['503', 'STATUS_CONNECTION_DISCONNECTED', 0xc000020c, [undefined, /Scan again/]],
    ['503', 'STATUS_USER_SESSION_DELETED', 0xc0000203, [undefined, /Scan again/]],
    ['553', 'STATUS_PIPE_NOT_AVAILABLE', 0xc00000ac, [undefined, /RemoteRegistry/]],
    ['553', 'STATUS_OBJECT_NAME_NOT_FOUND', 0xc0000034, [undefined, /RemoteRegistry/]],
  ] as const)('%s: %s', async (code, raw, status, [says, remedy]) => {
    const fault = { step: 3, code, raw, remedy, within: AT_ONCE, ...(says && { says }) };
    await expectFault(() => scan(refusing(status, COMMAND.CREATE)), fault);
  });

  it('501: OpenLocalMachine is denied', async () => {
    const fault = {
      step: 3,
      code: '501',
      raw: 'ERROR_ACCESS_DENIED (5)',
      remedy: /SecurePipeServers/,
      within: AT_ONCE,
    };
    await expectFault(() => scan(denied(2)), fault);
  });
});

describe('the operating system, with the scripted server', () => {
  it('PL401: the values that tell it cannot be read', async () => {
    const fault = {
      ...{ step: 4, code: 'PL401', raw: 'ERROR_ACCESS_DENIED (5)', says: /CurrentVersion.*could not be opened/ },
      ...{ remedy: /may read HKLM/, within: AT_ONCE },
    };
    await expectFault(() => scan(denied(15)), fault);
  });

  it('PL402: the values that tell it are not there', async () => {
    const image = { ...usualImage(), registry: new Map([['software', {}]]) };
    const fault = { step: 4, code: 'PL402', raw: 'value "CurrentVersion"', says: /no version of Windows/ };
    await expectFault(() => scan({ image }), { ...fault, remedy: /is a Windows machine/, within: AT_ONCE });
  });

  it('PL401: the session expires in between', async () => {
    const raw = 'STATUS_NETWORK_SESSION_EXPIRED (0xC000035C)';
    let opened = 0;
    const expired: Lies = {
      reply: (reply, request) =>
        request.command === COMMAND.IOCTL && ++opened > 2 ? { ...reply, status: 0xc000035c } : reply,
    };
    const fault = { step: 4, code: 'PL401', raw, says: /session/i, remedy: /may read HKLM/, within: AT_ONCE };
    await expectFault(() => scan(expired), fault);
  });
});

describe('the scripted server', () => {
  it('is scanned to the end when it does not lie', async () => {
    const result = await scan({});
    expect(result.steps.slice(0, 6).map(({ status }) => status)).toEqual(Array(6).fill('ok'));
    expect(result.patches.map(({ id, status }) => [id, status])).toEqual([['P-1', 'missing']]);
  });
});
