import { describe, expect, it } from 'vitest';
import { createMemo } from '../../../server/src/evaluate/context.ts';
import { Known } from '../../../server/src/scan/known.ts';
import { Observer } from '../../../server/src/scan/observe.ts';
import { detect } from '../../../server/src/scan/steps/detect.ts';
import { determineOs } from '../../../server/src/scan/steps/os.ts';
import { determineStatus } from '../../../server/src/scan/steps/status.ts';
import { content, windows } from '../evaluate/machine.ts';
import { fakeMachine } from './fake-machine.ts';

const CONTENT = content(`product acme "Acme" {
  installed when key "HKLM\\SOFTWARE\\Acme" view 64 exists
}

patch ACME-1 "Acme 1" fixes windows { installed when key "HKLM\\SOFTWARE\\Acme" view 64 value "One" exists }
`);
const never = new AbortController().signal;

/** A machine whose connection breaks with the first question, or that never answers while the scan's time runs out. */
function observerOf(why: 'lost' | 'deadline'): Observer {
  const raw = { kind: 'socket', code: 'ECONNRESET', message: '' } as const;
  const machine = fakeMachine(
    () => {
      machine.lose(raw);
      return { state: 'unreadable', reason: 'the connection was lost' };
    },
    { hang: why === 'deadline' },
  );
  const deadline = why === 'deadline' ? AbortSignal.timeout(10) : never;
  return new Observer(machine, new Known(), { cancel: never, deadline });
}

const common = () => ({
  content: CONTENT,
  target: windows(),
  memo: createMemo(),
  host: 'ws01',
  onRound: () => undefined,
});

describe.each([
  ['lost', 'ECONNRESET', ['PL405', 'PL501', 'PL601']],
  ['deadline', 'SCAN_DEADLINE', ['PL406', 'PL502', 'PL602']],
] as const)('a scan whose machine is %s', (why, raw, [osCode, detectCode, statusCode]) => {
  const failed = (code: string) => ({
    ok: false,
    error: { code, raw: expect.stringContaining(raw) as string, remedy: expect.stringMatching(/\w/) as string },
  });

  it('says so of the operating system', async () => {
    const input = { host: 'ws01', challengeNames: [], variableNames: new Set<string>(), now: windows().now };
    expect(await determineOs(observerOf(why), input)).toMatchObject(failed(osCode));
  });

  it('says so of the products, and claims none', async () => {
    const outcome = await detect(observerOf(why), common());
    expect(outcome).toMatchObject(failed(detectCode));
    const states = outcome.value?.flatMap(({ instances }) => instances.map(({ state }) => state));
    expect(states).toEqual(['unknown']);
  });

  it('says so of the patches, and leaves them unknown', async () => {
    const input = { ...common(), detected: [], include: new Set<never>(), recording: false };
    const outcome = await determineStatus(observerOf(why), input);
    expect(outcome).toMatchObject(failed(statusCode));
    expect(outcome.value?.map(({ id, status }) => [id, status])).toEqual([['ACME-1', 'unknown']]);
  });
});
