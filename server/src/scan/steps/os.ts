/** Step 4: operating system, service pack, edition, architecture, language; and whether it is the machine that was asked for. */
import { isIP } from 'node:net';
import type { Target } from '../../evaluate/verdict.ts';
import { scanError, type ErrorCode } from '../errors.ts';
import type { RawFailure } from '../failure.ts';
import type { Interruption, Observer } from '../observe.ts';
import { identify, type Identified } from '../os/identify.ts';
import type { StepOutcome } from './outcome.ts';

export interface OsStepInput {
  /** As it was asked for; absent for a snapshot. */
  readonly host?: string;
  readonly port?: number;
  readonly challengeNames: readonly string[];
  readonly variableNames: ReadonlySet<string>;
  readonly now: Date;
}

/** What the later steps need of this one. */
export interface OsStepValue {
  readonly target: Target;
  readonly ownNames: readonly string[];
}

const INTERRUPTED: Readonly<Record<Interruption['kind'], ErrorCode>> = {
  lost: 'PL405',
  deadline: 'PL406',
};

/** Identifies the machine. Rejects only when the scan is cancelled. */
export async function determineOs(observer: Observer, input: OsStepInput): Promise<StepOutcome<OsStepValue>> {
  const at = { host: input.host ?? 'HOST', ...(input.port !== undefined && { port: input.port }) };
  const driven = await observer.drive(
    () => identify(observer.known, input.variableNames),
    () => undefined,
  );
  if (driven.interruption) {
    const { kind, raw } = driven.interruption;
    return { ok: false, error: scanError(INTERRUPTED[kind], { raw, ...at }) };
  }
  const found = driven.value;
  if (!found.ok) {
    const raw: RawFailure = { kind: 'document', code: found.raw, message: '' };
    const code = found.because === 'unreadable' ? 'PL401' : 'PL402';
    return { ok: false, error: scanError(code, { raw, ...at, reason: found.reason }) };
  }
  const names = [...input.challengeNames, ...found.value.ownNames];
  if (input.host !== undefined && !fits(input.host, names)) {
    const raw: RawFailure = { kind: 'document', code: 'NAME_MISMATCH', message: `it calls itself ${names.join(', ')}` };
    return { ok: false, error: scanError('PL403', { raw, ...at }) };
  }
  const warning = warningOf(found.value, input.challengeNames);
  const { os, variables, ownNames } = found.value;
  return {
    ok: true,
    value: { target: { os, variables, now: input.now }, ownNames },
    ...(warning !== undefined && { warning }),
  };
}

/** A NetBIOS name has 15 characters, whatever the DNS name's first label has. */
const label = (name: string): string => (name.split('.')[0] ?? '').toUpperCase().slice(0, 15);

/** Whether the machine bears the name it was asked by; an address and `localhost` say nothing about a name. */
function fits(asked: string, names: readonly string[]): boolean {
  if (isIP(asked) !== 0 || /^localhost\.?$/i.test(asked) || names.length === 0) return true;
  return names.some((name) => label(name) === label(asked));
}

function warningOf(found: Identified, challengeNames: readonly string[]): string | undefined {
  const agrees = challengeNames.some((name) => found.ownNames.some((own) => label(own) === label(name)));
  const names =
    challengeNames.length === 0 || found.ownNames.length === 0 || agrees
      ? undefined
      : `the logon calls the machine ${challengeNames.join(', ')}, its registry ${found.ownNames.join(', ')}`;
  const all = [found.warning, names].filter((text) => text !== undefined);
  return all.length === 0 ? undefined : all.join('; ');
}
