/** What a directory server may do wrong in the middle of a conversation: every time a coded failure, soon, and nothing secret said. */
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { EqualityFilter } from 'ldapts';
import { afterEach, describe, expect, it } from 'vitest';
import { DirectoryError } from '../../../../server/src/scan/directory/failure.ts';
import { openSession, type DirectorySecurity } from '../../../../server/src/scan/directory/socket.ts';

const SUCCESS = (id: number, tag: number) => Buffer.from([0x30, 12, 2, 1, id, tag, 7, 10, 1, 0, 4, 0, 4, 0]);
const BOUND = SUCCESS(1, 0x61);
const RESULT = (id: number, code: number) => Buffer.from([0x30, 12, 2, 1, id, 0x65, 7, 10, 1, code, 4, 0, 4, 0]);
const ENTRY = (id: number) => Buffer.from([0x30, 10, 2, 1, id, 0x64, 5, 4, 1, 0x41, 0x30, 0]);

let close = (): void => undefined;
afterEach(() => {
  close();
});

/** A server that answers each request in turn with the given bytes, and keeps what it heard. */
async function scripted(
  answers: readonly (Buffer | 'end' | 'nothing')[],
  security: DirectorySecurity = 'plain',
  limits: { readonly signal?: AbortSignal; readonly requestMs?: number } = {},
) {
  const heard: Buffer[] = [];
  const left = [...answers];
  const server = net.createServer((socket) => {
    socket
      .on('error', () => undefined)
      .on('data', (chunk) => {
        heard.push(chunk);
        const answer = left.shift();
        if (answer === 'end') socket.end();
        else if (answer instanceof Buffer) socket.write(answer);
      });
    close = () => {
      socket.destroy();
      server.close();
    };
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  const { signal = new AbortController().signal, requestMs = 300 } = limits;
  const at = { host: 'localhost', address: '127.0.0.1', port };
  const session = openSession(at, { security }, { signal, connectMs: 300, requestMs });
  return { session, heard: () => Buffer.concat(heard).toString('latin1') };
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof DirectoryError) return `${error.failure.kind} ${error.failure.code}: ${error.failure.message}`;
    throw error;
  }
  return 'none';
}

async function all(answers: readonly (Buffer | 'end' | 'nothing')[], requestMs = 300) {
  const { session } = await scripted([BOUND, ...answers], 'plain', { requestMs });
  const open = await session;
  await open.bind('reader', 'fake-secret');
  const filter = new EqualityFilter({ attribute: 'objectClass', value: 'computer' });
  const found: string[] = [];
  const work = async () => {
    for await (const { entries } of open.search({ base: 'DC=lab', scope: 'sub', filter, attributes: ['name'] }))
      found.push(...entries.map(({ dn }) => dn));
  };
  const failure = await failureOf(work());
  open.close();
  return { failure, found };
}

describe('a directory server', () => {
  it('that never answers is given up after the time for a request', async () => {
    const begun = performance.now();
    expect((await all(['nothing'])).failure).toMatch(/^timeout ETIMEDOUT/);
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  it('that hangs up is lost', async () => {
    expect((await all(['end'])).failure).toMatch(/^socket ECONNRESET/);
  });

  it.each([
    ['no LDAP', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['a message of 4 GB', Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 2, 1, 2])],
    ['an entry of nothing', Buffer.from([0x30, 5, 2, 1, 2, 0x64, 0])],
    ['an answer to no question', Buffer.from([0x30, 5, 2, 1, 2, 0x6b, 0])],
  ])('that says %s is malformed', async (_, bytes) => {
    expect((await all([bytes])).failure).toMatch(/^protocol LDAP_MALFORMED/);
  });

  it('that sends entries without end is stopped', async () => {
    const name = Buffer.alloc(60_000, 0x41);
    const body = Buffer.concat([Buffer.from([4, 0x82, 60_000 >> 8, 60_000 & 255]), name, Buffer.from([0x30, 0])]);
    const inner = Buffer.concat([Buffer.from([2, 1, 2, 0x64, 0x82, body.length >> 8, body.length & 255]), body]);
    const entry = Buffer.concat([Buffer.from([0x30, 0x82, inner.length >> 8, inner.length & 255]), inner]);
    const many = Buffer.concat(Array.from({ length: 400 }, () => entry));
    expect((await all([many], 20_000)).failure).toMatch(
      /^protocol LDAP_MALFORMED: more than \d+ bytes for one request/,
    );
  });

  it('that answers other requests first is heard to the right one', async () => {
    const answers = Buffer.concat([RESULT(9, 0), ENTRY(9), ENTRY(2), RESULT(2, 0)]);
    expect(await all([answers])).toEqual({ failure: 'none', found: ['A'] });
  });

  it('that gives entries and then a limit gives the entries', async () => {
    const answers = Buffer.concat([ENTRY(2), RESULT(2, 4)]);
    expect(await all([answers])).toEqual({ failure: 'ldap LDAP_SIZE_LIMIT_EXCEEDED: ', found: ['A'] });
  });

  it.each([
    [51, 'LDAP_BUSY'],
    [52, 'LDAP_UNAVAILABLE'],
    [3, 'LDAP_TIME_LIMIT_EXCEEDED'],
    [99, 'LDAP_RESULT'],
  ])('that answers with %i is told by its name', async (code, name) => {
    expect((await all([RESULT(2, code)])).failure).toBe(`ldap ${name}: `);
  });

  it('goes on after an empty page that is not the last', async () => {
    const value = Buffer.from([0x30, 6, 2, 1, 0, 4, 1, 0x63]);
    const oid = Buffer.from('1.2.840.113556.1.4.319');
    const control = Buffer.concat([Buffer.from([4, oid.length]), oid, Buffer.from([4, value.length]), value]);
    const controls = Buffer.concat([Buffer.from([0xa0, control.length + 2, 0x30, control.length]), control]);
    const body = Buffer.concat([RESULT(2, 0).subarray(2), controls]);
    const empty = Buffer.concat([Buffer.from([0x30, body.length]), body]);
    const last = Buffer.concat([ENTRY(3), RESULT(3, 0)]);
    expect(await all([empty, last])).toEqual({ failure: 'none', found: ['A'] });
  });
});

describe('StartTLS', () => {
  it('that is refused ends the conversation before the password', async () => {
    const { session, heard } = await scripted(
      [Buffer.from([0x30, 12, 2, 1, 1, 0x78, 7, 10, 1, 2, 4, 0, 4, 0])],
      'starttls',
    );
    expect(await failureOf(session)).toMatch(/^ldap LDAP_PROTOCOL_ERROR/);
    expect(heard()).toContain('1.3.6.1.4.1.1466.20037');
  });

  it('after which plain text goes on is refused: somebody slipped it in', async () => {
    const injected = Buffer.concat([SUCCESS(1, 0x78), SUCCESS(2, 0x61)]);
    const { session } = await scripted([injected], 'starttls');
    expect(await failureOf(session)).toMatch(/^protocol LDAP_MALFORMED: it goes on in plain text/);
  });

  it('with somebody who cannot shake hands is no protection', async () => {
    const { session, heard } = await scripted([SUCCESS(1, 0x78), Buffer.from('hello')], 'starttls');
    expect(await failureOf(session)).toMatch(/^tls /);
    await sleep(20);
    expect(heard()).not.toContain('reader');
  });
});

describe('cancelling', () => {
  it('ends a connection and a request at once, with the reason', async () => {
    const cancel = new AbortController();
    const { session } = await scripted([BOUND, 'nothing'], 'plain', { signal: cancel.signal, requestMs: 60_000 });
    const open = await session;
    await open.bind('reader', 'fake-secret');
    const work = open.bind('reader', 'fake-secret');
    setTimeout(() => {
      cancel.abort(new Error('stop'));
    }, 20);
    await expect(work).rejects.toThrow('stop');
    const again = await scripted([], 'plain', { signal: cancel.signal });
    await expect(again.session).rejects.toThrow('stop');
  });

  it('a logon without a password is a defect, for servers take it for no logon', async () => {
    const { session } = await scripted([]);
    const open = await session;
    await expect(open.bind('reader', '')).rejects.toThrow('needs a user and a password');
    open.close();
  });
});
