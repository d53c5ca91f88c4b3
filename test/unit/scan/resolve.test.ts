import { describe, expect, it } from 'vitest';
import { formatMachine, parseMachine } from '../../../server/src/scan/machine-name.ts';
import { resolve, type NameServices } from '../../../server/src/scan/steps/resolve.ts';

const limits = { signal: new AbortController().signal, timeout: 2000 };
const SILENT: NameServices = { netbios: () => Promise.resolve({ kind: 'silent' }) };
const failing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

describe('a machine', () => {
  it.each([
    ['ws01', { host: 'ws01', port: 445 }],
    ['ws01.lab.example:4450', { host: 'ws01.lab.example', port: 4450 }],
    ['127.20.0.11:4450', { host: '127.20.0.11', port: 4450 }],
    ['[fd00::11]:4450', { host: 'fd00::11', port: 4450 }],
    ['fd00::11', { host: 'fd00::11', port: 445 }],
    ['DB_2019', { host: 'DB_2019', port: 445 }],
  ])('is read from %s', (text, value) => {
    expect(parseMachine(text)).toEqual({ ok: true, value });
  });

  it.each([
    '',
    ':445',
    'ws01:',
    'ws01:0',
    'ws01:70000',
    '[fd00::zz]',
    'a b',
    'ws01\\x',
    '127.1',
    '0x7f.1',
    '256.1.1.1',
    '-x',
    'a'.repeat(300),
  ])('is not read from "%s"', (text) => {
    expect(parseMachine(text).ok).toBe(false);
  });

  it('is written as it was read', () => {
    for (const text of ['ws01', 'ws01:4450', '[fd00::11]:4450', 'fd00::11']) {
      const parsed = parseMachine(text);
      expect(parsed.ok && formatMachine(parsed.value)).toBe(text);
    }
  });
});

describe('step 1', () => {
  it('takes an address as it is, without asking anyone', async () => {
    const outcome = await resolve('127.20.0.11:4450', limits, { ...SILENT, look: failing('ENOTFOUND') });
    expect(outcome).toEqual({
      ok: true,
      value: { host: '127.20.0.11', port: 4450, addresses: ['127.20.0.11'], foundBy: 'address' },
    });
  });

  it('gives every address of a name once', async () => {
    const look = () => Promise.resolve([{ address: '127.0.0.1' }, { address: '127.0.0.1' }, { address: '::1' }]);
    const outcome = await resolve('ws01', limits, { ...SILENT, look });
    expect(outcome.ok && outcome.value.addresses).toEqual(['127.0.0.1', '::1']);
  });

  it.each([
    ['ENOTFOUND', '200'],
    ['EAI_AGAIN', '201'],
    ['ESERVFAIL', '202'],
  ])('fails on %s with %s', async (raw, code) => {
    const outcome = await resolve('ws01', limits, { ...SILENT, look: failing(raw) });
    expect(outcome.ok ? undefined : outcome.error).toMatchObject({ code, raw });
  });

  it('does not wait for ever for a name service that is silent', async () => {
    const outcome = await resolve(
      'ws01',
      { ...limits, timeout: 20 },
      { ...SILENT, look: () => new Promise(() => undefined) },
    );
    expect(outcome.ok ? undefined : outcome.error.code).toBe('201');
  });

  it('ends at once when the scan is cancelled', async () => {
    const cancel = new AbortController();
    const work = resolve(
      'ws01',
      { ...limits, signal: cancel.signal },
      { ...SILENT, look: () => new Promise(() => undefined) },
    );
    cancel.abort(new Error('stop'));
    await expect(work).rejects.toThrow('stop');
  });

  describe('where DNS does not know the name, asks NetBIOS', () => {
    const look = failing('ENOTFOUND');

    it('and says that it was found there', async () => {
      const netbios = () => Promise.resolve({ kind: 'found' as const, addresses: ['10.0.0.7'], from: '10.0.0.7' });
      const outcome = await resolve('WS01:4450', limits, { look, netbios });
      expect(outcome).toEqual({
        ok: true,
        value: { host: 'WS01', port: 4450, addresses: ['10.0.0.7'], foundBy: 'netbios' },
      });
    });

    it('and takes no side where two machines claim the name', async () => {
      const netbios = () => Promise.resolve({ kind: 'conflict' as const, claims: ['10.0.0.7', '10.0.0.8'] });
      const outcome = await resolve('ws01', limits, { look, netbios });
      expect(outcome.ok ? undefined : outcome.error).toMatchObject({
        ...{ code: '202', raw: 'NETBIOS_CONFLICT: DNS: ENOTFOUND; NetBIOS: 10.0.0.7 against 10.0.0.8' },
      });
    });

    it('but not for what can be no NetBIOS name', async () => {
      const netbios = () => Promise.reject(new Error('asked'));
      for (const name of ['ws01.lab.example', 'a-name-of-sixteen']) {
        const outcome = await resolve(name, limits, { look, netbios });
        expect(outcome.ok ? undefined : outcome.error.raw).toBe('ENOTFOUND');
      }
    });
  });
});
