import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { scanFleet, type FleetOptions } from '../../../server/src/scan/fleet.ts';
import { LogonTurns } from '../../../server/src/scan/logon-turns.ts';
import { WireError } from '../../../server/src/wire/failure.ts';
import { sampleResult } from '../results/sample-result.ts';

const machines = (count: number) => Array.from({ length: count }, (_, index) => index);

function fleet(options: Partial<FleetOptions<number>> & Pick<FleetOptions<number>, 'targets' | 'scan'>) {
  return scanFleet({
    ...{ concurrency: 4, machineDeadline: 1000, totalDeadline: 10_000, signal: new AbortController().signal },
    onResult: () => undefined,
    ...options,
  });
}

describe('a fleet', () => {
  it('scans every machine once, never more at a time than it is told', async () => {
    let running = 0;
    let most = 0;
    const seen: number[] = [];
    const left = await fleet({
      targets: machines(20),
      scan: async (machine) => {
        most = Math.max(most, ++running);
        await sleep(machine % 3);
        running--;
        return sampleResult(`scan-${1000 + machine}`);
      },
      onResult: (_, machine) => seen.push(machine),
    });
    expect([left, most, seen.sort((a, b) => a - b)]).toEqual([[], 4, machines(20)]);
  });

  it('gives a machine its own time, and never more than is left of the whole', async () => {
    const times: number[] = [];
    const left = await fleet({
      targets: machines(6),
      concurrency: 1,
      machineDeadline: 50,
      totalDeadline: 100,
      scan: async (_, { deadline }) => {
        times.push(deadline);
        await sleep(deadline);
        return sampleResult('scan-1001');
      },
    });
    expect(times[0]).toBe(50);
    expect(times.every(Number.isInteger)).toBe(true);
    expect(Math.max(...times)).toBeLessThanOrEqual(50);
    expect(left.length).toBeGreaterThan(2);
    expect(left.length + times.length).toBe(6);
  });

  it('rejects at once when it is cancelled, and begins nothing more', async () => {
    const cancel = new AbortController();
    let begun = 0;
    const work = fleet({
      targets: machines(50),
      signal: cancel.signal,
      scan: () => {
        begun++;
        return new Promise((_, reject) => {
          cancel.signal.addEventListener('abort', () => reject(new Error('stop')));
        });
      },
    });
    cancel.abort(new Error('stop'));
    await expect(work).rejects.toThrow('stop');
    expect(begun).toBeLessThanOrEqual(4);
  });
});

const failure = (code: string) => ({ kind: 'ntstatus' as const, code, message: '' });

describe('turns to log on', () => {
  it('are taken one after another', async () => {
    const turns = new LogonTurns();
    let inside = 0;
    await Promise.all(
      machines(10).map(async () => {
        const ended = await turns.take(undefined);
        expect(++inside).toBe(1);
        await sleep(1);
        inside--;
        ended();
      }),
    );
  });

  it('end for everybody with the first refusal, and not with another failure', async () => {
    const turns = new LogonTurns();
    (await turns.take(undefined))(failure('STATUS_ACCESS_DENIED'));
    const ended = await turns.take(undefined);
    const waiting = machines(5).map(() => turns.take(undefined));
    ended(failure('STATUS_LOGON_FAILURE'));
    for (const turn of waiting) await expect(turn).rejects.toThrow(WireError);
    expect(turns.refused).toBe(true);
  });

  it('pass on when a machine does not answer', async () => {
    const turns = new LogonTurns(10);
    await turns.take(undefined);
    expect(await turns.take(undefined)).toBeTypeOf('function');
  });

  it('pass on when the one who waits has gone', async () => {
    const turns = new LogonTurns();
    const ended = await turns.take(undefined);
    const cancel = new AbortController();
    const gone = turns.take(cancel.signal);
    const next = turns.take(undefined);
    cancel.abort(new Error('gone'));
    ended();
    await expect(gone).rejects.toThrow('gone');
    expect(await next).toBeTypeOf('function');
  });
});
