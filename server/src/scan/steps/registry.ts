/** Step 3: connect to remote registry. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveConnection, Phase } from '../../machine/live/live.ts';
import type { Changes } from '../changes/changes.ts';
import { errorOfFailure } from '../error-causes.ts';
import type { ScanError } from '../result.ts';
import type { Reached } from '../source.ts';
import type { StepOutcome } from './outcome.ts';

export interface RegistryStepInput {
  readonly at: { readonly host: string; readonly port: number };
  readonly signal: AbortSignal;
  readonly changes?: Changes | undefined;
}

/** A service that has just been started does not open its pipe at once. */
const TRIES = 10;
const TRY_MS = 200;
const ENABLE =
  'Start it for the scan although it is disabled (--enable-remote-registry on the command line), or by hand: ' +
  'sc \\\\{host} config RemoteRegistry start= demand, then sc \\\\{host} start RemoteRegistry.';

/** Opens the registry, and with it the machine is reached. Rejects only when the scan is cancelled. */
export async function openRegistry(
  connection: LiveConnection,
  input: RegistryStepInput,
): Promise<StepOutcome<Reached>> {
  const { at, signal, changes } = input;
  const opened = await connection.openRegistry(signal);
  if (!opened.ok) {
    const error = errorOfFailure(3, opened.failure, at);
    const isStopped = error.code === '553' && changes?.options.startRemoteRegistry === true;
    const failed = isStopped ? await startAndOpen(connection, { ...input, changes }, error) : error;
    if (failed) return { ok: false, error: failed };
  }
  const { computer, dnsComputer } = connection.names;
  return {
    ok: true,
    value: {
      machine: connection.machine(),
      lost: () => connection.failure,
      stillThere: (during) => connection.stillThere(during),
      challengeNames: [computer, dnsComputer].filter((name) => name !== null),
    },
  };
}

/** Gives why the registry is not open after the service was started, or could not be. */
async function startAndOpen(
  connection: LiveConnection,
  { at, signal, changes }: RegistryStepInput & { readonly changes: Changes },
  stopped: ScanError,
): Promise<ScanError | undefined> {
  const started = await changes.startRegistry(connection, signal);
  if (!started.ok) return errorOfFailure(3, started.failure, at);
  if (started.value === 'disabled') return { ...stopped, remedy: ENABLE.replaceAll('{host}', at.host) };
  let opened: Phase<true> | undefined;
  for (let tries = 0; tries < TRIES; tries++) {
    opened = await connection.openRegistry(signal);
    if (opened.ok) return undefined;
    await sleep(TRY_MS, undefined, { signal });
  }
  return opened?.ok === false ? errorOfFailure(3, opened.failure, at) : stopped;
}
