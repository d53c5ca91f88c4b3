/** Why something of a machine could not be read, with the code and the remedy that a scan would give. */
import type { Observation } from '../../model/observation.ts';
import type { ExplorerFailure } from '../../protocol/explorer.ts';
import { inert } from '../../results/report/inert.ts';
import { errorOfFailure } from '../../scan/error-causes.ts';
import type { RawFailure } from '../../scan/failure.ts';
import type { ScanError } from '../../scan/result.ts';
import type { Looking } from './sessions.ts';

/** A reading that failed: carried out of where it was made to the reply. */
export class NotRead extends Error {
  readonly failure: ExplorerFailure;

  constructor(failure: ExplorerFailure) {
    super(failure.meaning);
    this.failure = failure;
  }
}

export const failureOfError = ({ code, meaning, raw, remedy, validate }: ScanError): ExplorerFailure => ({
  code,
  meaning: inert(meaning),
  raw: inert(raw),
  remedy: inert(remedy),
  validate: inert(validate),
});

/** The failure of an observation of the registry or services (step 3), or of files (step 2). */
export function failureOf(
  { reason, raw }: Extract<Observation, { state: 'unreadable' }>,
  step: 2 | 3,
  { lost }: Pick<Looking, 'lost'>,
): ExplorerFailure {
  const gone = lost();
  if (gone) return failureOfError(errorOfFailure(2, gone, { host: 'HOST', port: 445 }));
  if (raw === undefined) return { meaning: inert(reason) };
  const [, code = raw] = /^(\w+)/.exec(raw) ?? [];
  const failure: RawFailure = { kind: kindOf(code), code, message: reason };
  return { ...failureOfError(errorOfFailure(step, failure, { host: 'HOST', port: 445 })), raw: inert(raw) };
}

function kindOf(code: string): RawFailure['kind'] {
  if (code.startsWith('STATUS_')) return 'ntstatus';
  if (code.startsWith('ERROR_')) return 'win32';
  return code.includes('TIMEOUT') ? 'timeout' : 'protocol';
}

/** The value; a failure to read it ends the reading. */
export function valueOf<T>(observation: Observation<T>, step: 2 | 3, looking: Looking): T | undefined {
  if (observation.state === 'unreadable') throw new NotRead(failureOf(observation, step, looking));
  return observation.state === 'present' ? observation.value : undefined;
}

/** That a thing is gone, or never was there. */
export const isGone = (what: string): NotRead => new NotRead({ meaning: `${what} is not there.` });
