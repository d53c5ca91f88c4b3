import { describe, expect, it } from 'vitest';
import { Allowances, type Allowance } from '../../../../../client/src/features/machines/allowances.ts';
import { Credentials } from '../../../../../client/src/features/machines/credentials.ts';

function secrets() {
  const kept = new Map<string, string>();
  return {
    get: (key: string) => Promise.resolve(kept.get(key)),
    store: (key: string, value: string) => Promise.resolve(void kept.set(key, value)),
    delete: (key: string) => Promise.resolve(void kept.delete(key)),
  };
}

function memory() {
  const kept = new Map<string, unknown>();
  return {
    get: <T>(key: string, fallback: T): T => (kept.has(key) ? (kept.get(key) as T) : fallback),
    update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
  };
}

const DESK = { name: 'desk', user: 'LAB\\admin', password: 'example', hosts: [] };

describe('credentials with names', () => {
  it('are for a machine only once the user has bound them to it, and then no other is', async () => {
    const credentials = new Credentials(secrets(), () => undefined);
    await credentials.keep(DESK);
    await credentials.keep({ ...DESK, name: 'other' });
    expect(await credentials.boundTo('ws01')).toBeUndefined();
    await credentials.bind('desk', 'WS01');
    expect((await credentials.boundTo('ws01'))?.name).toBe('desk');
    expect(await credentials.boundTo('ws01:4450')).toBeUndefined();
    await credentials.bind('other', 'ws01');
    expect((await credentials.boundTo('ws01'))?.name).toBe('other');
    expect((await credentials.get('desk'))?.hosts).toEqual([]);
  });

  it('lose their password when it was refused, and go when they are forgotten', async () => {
    const credentials = new Credentials(secrets(), () => undefined);
    await credentials.keep(DESK);
    await credentials.forgetPassword('desk');
    expect(await credentials.all()).toEqual([{ name: 'desk', user: 'LAB\\admin', hosts: [] }]);
    await credentials.forget('DESK');
    expect(await credentials.all()).toEqual([]);
  });
});

describe('an allowance', () => {
  const given: Allowance = {
    ...{ uri: 'file:///w/patchlab.json', group: 'lab', host: 'ws01', port: 445, address: '10.0.0.11' },
    ...{ credential: 'desk', user: 'LAB\\admin' },
  };

  it('holds for what it was given for, in any case of names', async () => {
    const allowances = new Allowances(memory());
    expect(allowances.has([given])).toBe(false);
    await allowances.add([given]);
    expect(allowances.has([{ ...given, host: 'WS01' }])).toBe(true);
    expect(allowances.has([])).toBe(false);
  });

  it.each<Partial<Allowance>>([
    { host: 'ws02' },
    { port: 4450 },
    { group: 'servers' },
    { address: '10.0.0.12' },
    { credential: 'other' },
    { user: 'LAB\\other' },
    { uri: 'file:///x/patchlab.json' },
    { trust: 'ldaps system' },
  ])('is asked for again when it is another: %j', async (change) => {
    const allowances = new Allowances(memory());
    await allowances.add([given]);
    expect(allowances.has([{ ...given, ...change }])).toBe(false);
    expect(allowances.has([given, { ...given, ...change }])).toBe(false);
  });
});
