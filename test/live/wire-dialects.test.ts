import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ELECTRON_CIPHERS, ELECTRON_HASHES, limitedCrypto } from '../../server/src/wire/crypto/suite.ts';
import {
  ALL_CIPHERS,
  ALL_SIGNING,
  DIALECTS,
  isAtLeast,
  type Cipher,
  type Dialect,
} from '../../server/src/wire/smb/dialect.ts';
import { runPython, smbclient } from '../lab/foreign.ts';
import {
  startMachine,
  toRegistryValue,
  type Dialect as LabDialect,
  type LabMachine,
  type SmbOptions,
} from '../lab/lab.ts';
import { openAll, type Wishes } from './wire-connect.ts';

const SERVER_DIALECT: Readonly<Record<Dialect, LabDialect>> = {
  '2.0.2': 'SMB2_02',
  '2.1': 'SMB2_10',
  '3.0': 'SMB3_00',
  '3.0.2': 'SMB3_02',
  '3.1.1': 'SMB3_11',
};
const SERVER_SIGNING = {
  'HMAC-SHA256': 'HMAC-SHA256',
  'AES-CMAC': 'AES-128-CMAC',
  'AES-GMAC': 'AES-128-GMAC',
} as const;
/** What Debian's impacket can negotiate where a server has nothing else. */
const SPOKEN_BY_IMPACKET: readonly Dialect[] = ['2.0.2', '2.1', '3.0'];
const STATUS_ACCESS_DENIED = 0xc0000022;
const KEY = 'SOFTWARE\\Random';
const only = (dialect: Dialect) => ({ min: dialect, max: dialect });

/** Puts values of several types and a file, drawn at random, on the machine and reads them back. */
async function readBack(
  machine: LabMachine,
  wishes: Wishes,
): Promise<{ cipher: string; dialect: string; signing: string }> {
  const values = {
    Text: randomUUID(),
    Number: randomInt(2 ** 32 - 1),
    Long: randomBytes(8).readBigUInt64LE(),
    Texts: [randomUUID(), randomUUID()],
    Bytes: new Uint8Array(randomBytes(randomInt(1, 9000))),
  };
  const version = Array.from({ length: 4 }, () => randomInt(65536)).join('.');
  await machine.setRegistry({ [`HKLM\\${KEY}`]: values });
  machine.writeFile('C:\\Windows\\random.dll', { pe: { fileVersion: version } });
  const connection = await openAll(machine, machine.password, wishes);
  try {
    const observed = await connection
      .machine()
      .observe(
        [
          ...Object.keys(values).map((name) => ({ kind: 'value', hive: 'HKLM', path: KEY, name }) as const),
          { kind: 'version', path: 'C:\\Windows\\random.dll' },
        ],
        new AbortController().signal,
      );
    const present = (value: unknown) => ({ state: 'present', value });
    expect(observed).toEqual([
      ...Object.values(values).map((value) => present(toRegistryValue(value))),
      present(expect.objectContaining({ fileVersion: version })),
    ]);
    const [session, ...others] = await machine.sessions();
    if (!session) throw new Error('the server knows of no session');
    expect(others).toEqual([]);
    expect(session.dialect).toBe(SERVER_DIALECT[connection.agreed.dialect]);
    expect(session.cipher).toBe(connection.agreed.cipher ?? '');
    return { cipher: session.cipher, dialect: session.dialect, signing: session.signing };
  } finally {
    await connection.close();
  }
}

async function withMachine(smb: SmbOptions, work: (machine: LabMachine) => Promise<void>): Promise<void> {
  const machine = await startMachine({ name: 'wire', smb });
  try {
    await work(machine);
  } finally {
    await machine.stop();
  }
}

describe.each(DIALECTS)('a server that speaks only SMB %s', (dialect) => {
  const smb = { minProtocol: SERVER_DIALECT[dialect], maxProtocol: SERVER_DIALECT[dialect] };

  it('and demands signatures gets them on everything, and refuses a client without', async () => {
    await withMachine({ ...smb, signing: 'mandatory', encryption: 'off' }, async (machine) => {
      const expected =
        dialect === '3.1.1' ? 'AES-128-GMAC' : isAtLeast(dialect, '3.0') ? 'AES-128-CMAC' : 'HMAC-SHA256';
      expect(await readBack(machine, {})).toEqual({ dialect: SERVER_DIALECT[dialect], signing: expected, cipher: '' });
      const older = DIALECTS[DIALECTS.indexOf(dialect) - 1];
      const below = older === undefined ? 'NT1' : SERVER_DIALECT[older];
      const weak = { minProtocol: older === undefined ? 'NT1' : 'SMB2_02', maxProtocol: below };
      expect((await smbclient(machine, 'ls', weak)).ok).toBe(false);
      expect((await smbclient(machine, 'ls')).ok).toBe(true);
      if (!SPOKEN_BY_IMPACKET.includes(dialect)) return;
      const unsigned = await runPython('impacket_unprotected.py', { ...machine, drop: 'signing' });
      expect(unsigned).toMatchObject({ status: STATUS_ACCESS_DENIED });
    });
  });

  it('and would do without signatures signs, because we demand it', async () => {
    await withMachine({ ...smb, signing: 'auto', encryption: 'off' }, async (machine) => {
      const { signing } = await readBack(machine, {});
      expect(signing).not.toBe('');
    });
  });

  it('is read without signatures where the user gave that up', async () => {
    await withMachine({ ...smb, signing: 'auto', encryption: 'off' }, async (machine) => {
      const { cipher } = await readBack(machine, { requireSigning: false });
      expect(cipher).toBe('');
    });
  });
});

describe.each(['3.0', '3.0.2', '3.1.1'] as const)('a server of SMB %s that demands encryption', (dialect) => {
  it('gets it', async () => {
    const protocol = SERVER_DIALECT[dialect];
    await withMachine({ minProtocol: protocol, maxProtocol: protocol, encryption: 'required' }, async (machine) => {
      const { cipher } = await readBack(machine, { encryption: 'if-demanded' });
      expect(cipher).toBe(dialect === '3.1.1' ? 'AES-128-GCM' : 'AES-128-CCM');
      expect((await smbclient(machine, 'ls', { encryption: 'off', maxProtocol: 'SMB2_10' })).ok).toBe(false);
      expect((await smbclient(machine, 'ls')).ok).toBe(true);
      if (!SPOKEN_BY_IMPACKET.includes(dialect)) return;
      const plain = await runPython('impacket_unprotected.py', { ...machine, drop: 'encryption' });
      expect(plain).toMatchObject({ status: STATUS_ACCESS_DENIED });
    });
  });
});

describe('a server that can do everything', () => {
  let machine: LabMachine;
  beforeAll(async () => {
    machine = await startMachine({ name: 'wire', smb: { signing: 'auto' } });
  });
  afterAll(() => machine.stop());

  it('is spoken to in the best way: 3.1.1, encrypted', async () => {
    expect(await readBack(machine, {})).toMatchObject({ dialect: 'SMB3_11', cipher: 'AES-128-GCM' });
  });

  it.each(DIALECTS)('is read in dialect %s where we allow no other', async (dialect) => {
    const { cipher } = await readBack(machine, { dialects: only(dialect) });
    expect(cipher).toBe(dialect === '3.1.1' ? 'AES-128-GCM' : isAtLeast(dialect, '3.0') ? 'AES-128-CCM' : '');
  });

  it.each(ALL_SIGNING)('is read with signatures of %s', async (signing) => {
    const result = await readBack(machine, { signing: [signing], ciphers: [] });
    expect(result).toEqual({ dialect: 'SMB3_11', signing: SERVER_SIGNING[signing], cipher: '' });
  });

  it.each(ALL_CIPHERS)('is read encrypted with %s', async (cipher: Cipher) => {
    expect(await readBack(machine, { ciphers: [cipher] })).toMatchObject({ dialect: 'SMB3_11', cipher });
  });

  it.each([
    ['2.1', undefined],
    ['3.0', undefined],
    ['3.1.1', 'AES-128-CCM'],
    ['3.1.1', 'AES-256-CCM'],
    ['3.1.1', 'AES-256-GCM'],
  ] as const)("is read in dialect %s (cipher %s) with the crypto of the editor's runtime", async (dialect, cipher) => {
    const crypto = limitedCrypto(ELECTRON_CIPHERS, ELECTRON_HASHES);
    const wishes = { dialects: only(dialect), crypto, ...(cipher ? { ciphers: [cipher] } : {}) };
    expect((await readBack(machine, wishes)).dialect).toBe(SERVER_DIALECT[dialect]);
  });
});
