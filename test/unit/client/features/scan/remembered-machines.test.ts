import { describe, expect, it } from 'vitest';
import { RememberedMachines, type Store } from '../../../../../client/src/features/scan/remembered-machines.ts';

function memory(): Store {
  const values = new Map<string, unknown>();
  return {
    get: <T>(key: string, fallback: T) => (values.has(key) ? (values.get(key) as T) : fallback),
    update: (key, value) => Promise.resolve(void values.set(key, value)),
  };
}

describe('remembered machines', () => {
  it('stand in the order of their use, each once, with the latest user', async () => {
    const machines = new RememberedMachines(memory());
    await machines.add({ host: 'ws01', user: 'a' });
    await machines.add({ host: 'srv01', user: 'a' });
    await machines.add({ host: 'WS01', user: 'b' });
    expect(machines.all()).toEqual([
      { host: 'WS01', user: 'b' },
      { host: 'srv01', user: 'a' },
    ]);
  });

  it('are not kept without end', async () => {
    const machines = new RememberedMachines(memory());
    for (let index = 0; index < 250; index++) await machines.add({ host: `ws${index}`, user: 'a' });
    expect(machines.all()).toHaveLength(200);
    expect(machines.all()[0]?.host).toBe('ws249');
  });
});
