/**
 * A server of ours that completes the logon and then lies, scanned as any machine is. Each lie ends in a coded error, or in
 * unknown verdicts that name the reading, within its deadline and below 64 MiB of memory on top of what the process had.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FILE_LIES, REGISTRY_LIES } from '../lab/liar/content-lies.ts';
import { FRAME_LIES, LOGON_LIES, PROTECTION_LIES } from '../lab/liar/lies.ts';
import type { Lies } from '../lab/liar/liar.ts';
import { HostileScans } from './hostile-scan.ts';
import type { Order, Outcome } from './hostile-worker.ts';

const MOST_MEMORY = 64 << 20;
const REQUEST_MS = 500;

let scans: HostileScans;
beforeAll(async () => {
  scans = await HostileScans.start();
});
afterAll(() => scans.stop());

/** What a lie comes to. */
type End =
  /** A step fails; `raw` begins the raw cause. In steps 5 and 6 the connection is lost for both. */
  | {
      readonly step: 2 | 3 | 5;
      readonly code: string;
      readonly raw: string;
      readonly says?: RegExp;
      readonly within?: number;
    }
  /** All steps end; one verdict is unknown, and says why. */
  | { readonly unknown: string; readonly why: RegExp; readonly within?: number }
  /** All steps end with what the machine said: nothing of this product. */
  | { readonly missing: string; readonly within?: number }
  /** It does no harm: everything is found as it is. */
  | { readonly harmless: true };

/** Waiting for one request, and what lies around it. */
const ONE_WAIT = REQUEST_MS + 1000;
const AT_ONCE = 1000;

async function scanned(lies: Lies, order: Partial<Order> = {}): Promise<Outcome> {
  const outcome = await scans.scan(lies, { requestTimeout: REQUEST_MS, ...order });
  expect(outcome.rejected).toBeUndefined();
  expect(outcome.extraBytes).toBeLessThan(MOST_MEMORY);
  expect(outcome.left).toBe(0);
  return outcome;
}

function hold(outcome: Outcome, end: End): void {
  const { result, ms } = outcome;
  const failed = (result?.steps ?? []).filter(({ status }) => status === 'failed');
  const unknown = [
    ...(result?.products ?? []).flatMap(({ id, instances }) =>
      instances.filter(({ state }) => state === 'unknown').map(({ reason }) => [id, reason] as const),
    ),
    ...(result?.patches ?? [])
      .filter(({ status }) => status === 'unknown')
      .map(({ id, reason }) => [id, reason] as const),
  ];
  if ('harmless' in end) {
    expect([failed, unknown]).toEqual([[], []]);
    expect(result?.products.map(({ instances }) => instances.map(({ state }) => state))).toEqual(HONEST);
    return;
  }
  expect(ms).toBeLessThan(end.within ?? AT_ONCE);
  if ('missing' in end) {
    expect([failed, unknown]).toEqual([[], []]);
    expect(result?.products.map(({ id }) => id)).not.toContain(end.missing);
    return;
  }
  if ('unknown' in end) {
    expect(failed).toEqual([]);
    expect(unknown.map(([id]) => id)).toContain(end.unknown);
    expect(unknown.find(([id]) => id === end.unknown)?.[1]).toMatch(end.why);
    return;
  }
  const [first, ...more] = failed;
  expect(first).toMatchObject({ step: end.step, error: { code: end.code } });
  expect(first?.error?.raw.startsWith(end.raw), first?.error?.raw).toBe(true);
  if (end.says) expect(first?.error?.meaning).toMatch(end.says);
  expect(first?.error?.remedy).not.toBe('');
  expect(more.map(({ error }) => error?.code)).toEqual(end.step === 5 ? ['PL601'] : []);
  // Nothing is claimed that was not proven.
  if (end.step < 5) expect([result?.products, result?.patches]).toEqual([[], []]);
}

/** What `EVERY_READ` finds of the server while it tells the truth. */
const HONEST = Array.from({ length: 5 }, () => ['installed']);

function each<Name extends string>(lies: Readonly<Record<Name, Lies>>, ends: Readonly<Record<Name, End>>): void {
  const names = Object.keys(lies) as Name[];
  it.each(names)('%s', async (name) => {
    hold(await scanned(lies[name]), ends[name]);
  });
}

describe('the server itself', () => {
  it.each([
    ['SMB 3.1.1, signed', {}],
    ['SMB 3.1.1, encrypted', { encrypt: true }],
    ['SMB 2.1, signed', { dialect: '2.1' }],
  ] as const)('is scanned whole while it tells the truth: %s', async (_, lies) => {
    hold(await scanned(lies), { harmless: true });
  });
});

const malformed = (step: 2 | 3): End => ({ step, code: step === 2 ? '452' : '502', raw: 'MALFORMED_REPLY' });
const unexpected: End = { step: 3, code: '502', raw: 'UNEXPECTED_REPLY', says: /not asked/ };
const refused = (raw: string, says?: RegExp): End => ({ step: 2, code: '452', raw, ...(says && { says }) });

describe('lies about frames and headers', () => {
  each(FRAME_LIES, {
    'a frame that says it is longer than it is': { ...refused('REQUEST_TIMEOUT', /does not answer/), within: ONE_WAIT },
    'a frame of sixteen megabytes': malformed(2),
    'a frame that comes byte by byte and never ends': {
      ...refused('REQUEST_TIMEOUT', /does not answer/),
      within: ONE_WAIT,
    },
    'a compound that points to itself': malformed(2),
    'a reply cut short in its header': malformed(2),
    'no credits from the start': refused('NO_CREDITS', /too few credits/),
    'one credit at a time, and none once there is work to do': {
      step: 3,
      code: '502',
      raw: 'NO_CREDITS',
      says: /too few credits/,
    },
    'sixty-five thousand credits with every reply': { harmless: true },
    'a reply for another request': unexpected,
    'a reply of another command': unexpected,
    'replies that nobody asked for': unexpected,
    'every reply twice': unexpected,
    'pending without end in the logon': { ...refused('REQUEST_TIMEOUT', /does not answer/), within: ONE_WAIT },
    'pending without end for the registry': {
      step: 3,
      code: '502',
      raw: 'REQUEST_TIMEOUT',
      says: /does not answer/,
      within: ONE_WAIT,
    },
    'pending without end for files': {
      unknown: 'p.content',
      why: /did not answer within 500 ms/,
      within: 2 * REQUEST_MS + 1000,
    },
    'a flood of oplock breaks and no answer': {
      step: 3,
      code: '502',
      raw: 'REQUEST_TIMEOUT',
      says: /does not answer/,
      within: ONE_WAIT,
    },
    'a flood of oplock breaks beside true answers': { harmless: true },
  });
});

describe('lies about signatures, encryption and dialects', () => {
  each(PROTECTION_LIES, {
    'a wrong signature after the logon': refused('BAD_SIGNATURE', /not signed by the machine/),
    'a wrong signature while products are detected': { step: 5, code: 'PL501', raw: 'BAD_SIGNATURE' },
    'no signature after the logon': refused('UNSIGNED_REPLY', /without a signature/),
    'plain text once encryption is agreed': refused('PLAINTEXT_REPLY', /without encryption/),
    'plain text while products are detected': { step: 5, code: 'PL501', raw: 'PLAINTEXT_REPLY' },
    'a changed byte under encryption': refused('BAD_SIGNATURE', /changed on its way/),
    'encryption before it is agreed': refused('UNEXPECTED_ENCRYPTION'),
    'a share that demands encryption where no cipher was agreed': refused('ENCRYPTION_UNAVAILABLE'),
    'a dialect that was not offered': refused('DIALECT_NOT_OFFERED'),
    'SMB 2.1 in spite of a check that tells of 3.1.1': refused('NEGOTIATE_TAMPERED'),
    'SMB 3.1.1 without pre-authentication integrity': refused('NO_PREAUTH_INTEGRITY'),
    'a cipher that was not offered': refused('CIPHER_NOT_OFFERED'),
    'a signing algorithm that was not offered': refused('SIGNING_NOT_OFFERED'),
    'a negotiation with sixty thousand contexts': malformed(2),
    'no way to log on but Kerberos': refused('NTLM_NOT_OFFERED', /does not take NTLM/),
  });
});

describe('lies about the logon', () => {
  each(LOGON_LIES, {
    'a logon as guest': refused('GUEST_REFUSED', /guest/),
    'a logon as nobody': refused('GUEST_REFUSED', /nobody/),
    'a logon that asks for no proof': refused('GUEST_REFUSED', /proves nothing/),
    'a logon that never ends': refused('STATUS_MORE_PROCESSING_REQUIRED (0xC0000016)', /does not come to an end/),
    'a logon whose end proves nothing': refused('LOGON_TAMPERED'),
    'a challenge that points outside itself': malformed(2),
    'a challenge that wants weaker proof': refused('NTLM_TOO_WEAK'),
  });
});

describe('lies about registry and services', () => {
  each(REGISTRY_LIES, {
    'every value a megabyte': { harmless: true },
    'a value that claims a gigabyte': { unknown: 'p.value', why: /the value has 1073741824 bytes; at most 1048576/ },
    'a value whose array claims a gigabyte': { unknown: 'p.value', why: /cut short: 1073741824 bytes/ },
    'a value whose array begins beyond its end': { unknown: 'p.value', why: /wrong array/ },
    'a value that always has more than there is room for': { unknown: 'p.value', why: /ERROR_MORE_DATA/ },
    'an answer of no bytes': { unknown: 'p.value', why: /cut short/ },
    'a key that claims a million children': { unknown: 'p.children', why: /more than 65536 subkeys/ },
    'a key whose children never end': { unknown: 'p.children', why: /or more than it says/, within: 3000 },
    'a key whose children have names of thirty thousand letters': {
      unknown: 'p.children',
      why: /longer than one can be/,
    },
    'a key whose values have names of thirty thousand letters': { unknown: 'p.values', why: /longer than one can be/ },
    'a subkey whose name leads elsewhere': { unknown: 'p.children', why: /leads elsewhere/ },
    'subkeys with NULs and control characters in their names': { missing: 'p.children' },
    'fragments without end and without content': { unknown: 'p.value', why: /an empty part/ },
    'fragments without end of one byte each': { unknown: 'p.value', why: /more parts than anything asked for/ },
    'fragments without end': { unknown: 'p.value', why: /longer than anything asked for/ },
    'an answer that comes byte by byte': {
      unknown: 'p.value',
      why: /did not come to its end in time/,
      within: 3 * REQUEST_MS + 1000,
    },
    'a pipe that ends in the middle of an answer': { unknown: 'p.value', why: /ended in the middle/ },
    'a fragment of another call': { unknown: 'p.value', why: /another RPC call/ },
    'a fragment shorter than its header': { unknown: 'p.value', why: /not RPC/ },
    'two billion services': { unknown: 'p.services', why: /claims 2147483647 services/ },
    'a list of services that does not end': { unknown: 'p.services', why: /does not end/ },
  });
});

describe('lies about files and folders', () => {
  each(FILE_LIES, {
    'a folder that never ends': { unknown: 'p.listing', why: /more than (65536 entries|16777216 bytes)/, within: 3000 },
    'a folder that holds itself without end': { unknown: 'p.listing', why: /goes on without an entry/ },
    'a folder with names of thirty thousand letters': { unknown: 'p.listing', why: /longer than one can be/ },
    'a folder with a name that leads elsewhere': { unknown: 'p.listing', why: /leads elsewhere/ },
    'a folder with a NUL in a name': { unknown: 'p.listing', why: /leads elsewhere/ },
    'a folder with control characters in names': { harmless: true },
    'a listing whose entries point into themselves': { unknown: 'p.listing', why: /points into itself/ },
    'a listing that claims four gigabytes': { unknown: 'p.listing', why: /cut short: 4294967295 bytes/ },
    'a file of an impossible size': malformed(3),
    'a file that has more than was asked for': { unknown: 'p.content', why: /more of a file than was asked for/ },
    'data that lies outside the reply': { unknown: 'p.content', why: /cut short: 4294967280 bytes/ },
    'an output that lies outside the reply': malformed(3),
    'a PE image whose resources point at themselves': { unknown: 'P-2', why: /the file is damaged/ },
  });
});

describe('a machine that gives as much as it can of everything', () => {
  it('is read up to a limit for all of it together', async () => {
    const content = Array.from({ length: 150 }, (_, index) => {
      const value = String.raw`key "HKLM\SOFTWARE\Probe" value "Value ${index}" = "${index}"`;
      return `patch V-${index} "Value" fixes windows { missing when ${value} }`;
    }).join('\n');
    const { result, ms } = await scanned(REGISTRY_LIES['every value a megabyte'], { content, deadline: 10_000 });
    const unknown = (result?.patches ?? []).filter(({ status }) => status === 'unknown');
    expect(unknown.length).toBeGreaterThan(130);
    expect(unknown.at(-1)?.reason).toMatch(/more than may be kept of one/);
    expect(ms).toBeLessThan(5000);
  });
});

describe('a scan that is cancelled while a machine keeps it waiting', () => {
  it.each([
    'pending without end in the logon',
    'pending without end for the registry',
    'pending without end for files',
  ] as const)('ends at once: %s', async (name) => {
    const outcome = await scans.scan(FRAME_LIES[name], { requestTimeout: 20_000, deadline: 30_000, cancelAfter: 300 });
    expect(outcome.rejected).toMatch(/cancelled/);
    expect(outcome.ms).toBeLessThan(1000);
    expect(outcome.left).toBe(0);
  });
});
