import { describe, expect, it } from 'vitest';
import { SavedPasswords, type Secrets } from '../../../../../client/src/features/scan/passwords.ts';

function storage(): Secrets & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    get: (key) => Promise.resolve(kept.get(key)),
    store: (key, value) => Promise.resolve(void kept.set(key, value)),
    delete: (key) => Promise.resolve(void kept.delete(key)),
  };
}

describe('saved passwords', () => {
  it('are found again by host and user, whatever their case', async () => {
    const passwords = new SavedPasswords(storage());
    await passwords.keep('WS01:4450', 'LAB\\Admin', 'example-only');
    expect(await passwords.get('ws01:4450', 'lab\\admin')).toBe('example-only');
  });

  it('are offered to no other host, port or user', async () => {
    const passwords = new SavedPasswords(storage());
    await passwords.keep('ws01', 'admin', 'example-only');
    expect(await passwords.get('ws01:4450', 'admin')).toBeUndefined();
    expect(await passwords.get('ws02', 'admin')).toBeUndefined();
    expect(await passwords.get('ws01', 'other')).toBeUndefined();
  });

  it('can be listed without being shown, once each', async () => {
    const passwords = new SavedPasswords(storage());
    await passwords.keep('ws01', 'admin', 'one');
    await passwords.keep('WS01', 'admin', 'two');
    expect(await passwords.all()).toEqual([{ host: 'ws01', user: 'admin' }]);
    expect(await passwords.get('ws01', 'admin')).toBe('two');
  });

  it('leave nothing behind when they are forgotten', async () => {
    const secrets = storage();
    const passwords = new SavedPasswords(secrets);
    await passwords.keep('ws01', 'admin', 'example-only');
    await passwords.forget('WS01', 'Admin');
    expect(await passwords.all()).toEqual([]);
    expect(JSON.stringify([...secrets.kept])).not.toContain('example-only');
  });

  it('survive a damaged index', async () => {
    const secrets = storage();
    secrets.kept.set('patchlab.passwords', '{');
    expect(await new SavedPasswords(secrets).all()).toEqual([]);
  });
});
