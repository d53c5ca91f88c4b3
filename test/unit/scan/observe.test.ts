import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../server/src/evaluate/verdict.ts';
import type { ObservationRequest } from '../../../server/src/model/observation.ts';
import { Known } from '../../../server/src/scan/known.ts';
import { Observer } from '../../../server/src/scan/observe.ts';
import { fakeMachine } from './fake-machine.ts';

const service = (name: string): ObservationRequest => ({ kind: 'service', name });
const never = new AbortController().signal;
const nothing = (): void => undefined;

/** A step that wants services one after another and says what it saw of each. */
function chain(known: Known, names: readonly string[]): () => Outcome<readonly string[]> {
  return () => {
    const next = names.find((name) => known.get(service(name)) === undefined);
    if (next !== undefined) return { done: false, needed: [service(next), service(next)] };
    return { done: true, value: names.map((name) => known.get(service(name))?.state ?? '') };
  };
}

describe('driving a step', () => {
  it('asks for each thing once, until the step is finished', async () => {
    const machine = fakeMachine(() => ({ state: 'absent' }));
    const observer = new Observer(machine, new Known(), { cancel: never, deadline: never });
    const driven = await observer.drive(chain(observer.known, ['a', 'b', 'A']), nothing);
    expect(driven).toEqual({ value: ['absent', 'absent', 'absent'] });
    expect(machine.asked).toEqual([service('a'), service('b')]);
  });

  it('asks nothing more once the machine is lost: the rest is unreadable', async () => {
    const raw = { kind: 'socket', code: 'ECONNRESET', message: '' } as const;
    const machine = fakeMachine(() => {
      machine.lose(raw);
      return { state: 'absent' };
    });
    const observer = new Observer(machine, new Known(), { cancel: never, deadline: never });
    const driven = await observer.drive(chain(observer.known, ['a', 'b', 'c']), nothing);
    expect(driven).toEqual({ value: ['absent', 'unreadable', 'unreadable'], interruption: { kind: 'lost', raw } });
    expect(machine.asked).toHaveLength(1);
  });

  it('does the same when the time for the scan is over', async () => {
    const machine = fakeMachine(() => ({ state: 'absent' }), { hang: true });
    const observer = new Observer(machine, new Known(), { cancel: never, deadline: AbortSignal.timeout(10) });
    const driven = await observer.drive(chain(observer.known, ['a', 'b']), nothing);
    expect(driven.value).toEqual(['unreadable', 'unreadable']);
    expect(driven.interruption?.kind).toBe('deadline');
  });

  it('makes sure that a machine which let one read time out is still there', async () => {
    const raw = { kind: 'timeout', code: 'REQUEST_TIMEOUT', message: '' } as const;
    const slow = () => ({ state: 'unreadable', reason: 'no answer', raw: 'REQUEST_TIMEOUT' }) as const;
    const drive = async (gone?: typeof raw) => {
      const machine = fakeMachine(slow, gone ? { gone } : {});
      const observer = new Observer(machine, new Known(), { cancel: never, deadline: never });
      return observer.drive(chain(observer.known, ['a']), nothing);
    };
    expect(await drive(raw)).toEqual({ value: ['unreadable'], interruption: { kind: 'lost', raw } });
    expect(await drive()).toEqual({ value: ['unreadable'] });
  });

  it('rejects with the reason when the scan is cancelled', async () => {
    const machine = fakeMachine(() => ({ state: 'absent' }), { hang: true });
    const cancel = new AbortController();
    const observer = new Observer(machine, new Known(), { cancel: cancel.signal, deadline: never });
    const driven = observer.drive(chain(observer.known, ['a']), nothing);
    cancel.abort(new Error('stop'));
    await expect(driven).rejects.toThrow('stop');
  });

  it('ends a step that never has enough', async () => {
    const machine = fakeMachine(() => ({ state: 'absent' }));
    const observer = new Observer(machine, new Known(), { cancel: never, deadline: never });
    let count = 0;
    const more = (): Outcome<string> => {
      const last = service(String(count - 1));
      if (observer.known.get(last)?.state === 'unreadable') return { done: true, value: 'ended' };
      return { done: false, needed: [service(String(count++))] };
    };
    const { value, interruption } = await observer.drive(more, nothing);
    expect([value, count]).toEqual(['ended', 10_001]);
    expect(interruption).toMatchObject({ kind: 'deadline', raw: { code: 'TOO_MANY_ROUNDS' } });
    // Whoever does not end even then is no machine's fault.
    await expect(observer.drive(() => ({ done: false, needed: [service(String(count++))] }), nothing)).rejects.toThrow(
      'does not end',
    );
  });
});
