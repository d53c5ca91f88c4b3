import { describe, expect, it } from 'vitest';
import type { ObservationRequest } from '../../../server/src/model/observation.ts';
import { Known } from '../../../server/src/scan/known.ts';
import { Observer } from '../../../server/src/scan/observe.ts';
import { determineOs } from '../../../server/src/scan/steps/os.ts';
import { fakeMachine } from './fake-machine.ts';

const REGISTRY: Readonly<Record<string, string>> = {
  CurrentVersion: '6.1',
  CurrentBuildNumber: '7601',
  SystemRoot: 'C:\\Windows',
  ProductType: 'WinNT',
  ComputerName: 'ACCOUNTING-PRIN',
  Hostname: 'accounting-printing',
};

function answer(request: ObservationRequest) {
  const data = request.kind === 'value' ? REGISTRY[request.name] : undefined;
  return data === undefined
    ? ({ state: 'absent' } as const)
    : ({ state: 'present', value: { type: 'REG_SZ', data } } as const);
}

async function scanAs(host: string, challengeNames: readonly string[]) {
  const machine = fakeMachine(answer, { challengeNames });
  const never = new AbortController().signal;
  const observer = new Observer(machine, new Known(), { cancel: never, deadline: never });
  return determineOs(observer, { host, challengeNames, variableNames: new Set(), now: machine.machine.time });
}

describe('the machine that answers', () => {
  it.each([
    ['accounting-printing.corp.example', ['ACCOUNTING-PRIN', 'accounting-printing.corp.example']],
    ['ACCOUNTING-PRIN', ['ACCOUNTING-PRIN']],
    ['10.0.0.7', ['ACCOUNTING-PRIN']],
    ['fd00::7', ['ACCOUNTING-PRIN']],
    ['localhost', ['ACCOUNTING-PRIN']],
  ])('is the one that was asked for: %s', async (host, names) => {
    const outcome = await scanAs(host, names);
    expect(outcome.ok && outcome.warning).toBe(undefined);
    expect(outcome.ok).toBe(true);
  });

  it('is the wrong machine when none of its names is the one that was asked for', async () => {
    const outcome = await scanAs('ws01.corp.example', ['ACCOUNTING-PRIN']);
    expect(outcome.ok ? undefined : outcome.error).toMatchObject({
      code: 'PL403',
      meaning: expect.stringContaining('Wrong machine') as string,
      raw: expect.stringContaining('ACCOUNTING-PRIN') as string,
    });
  });

  it('is warned of when its logon and its registry disagree about its name', async () => {
    const outcome = await scanAs('10.0.0.7', ['SOMETHING-ELSE']);
    expect(outcome.ok && outcome.warning).toContain('SOMETHING-ELSE');
  });
});
