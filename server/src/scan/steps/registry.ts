/** Step 3: connect to remote registry. */
import type { LiveConnection } from '../../machine/live/live.ts';
import { errorOfFailure } from '../error-causes.ts';
import type { Reached } from '../source.ts';
import type { StepOutcome } from './outcome.ts';

/** Opens the registry, and with it the machine is reached. Rejects only when the scan is cancelled. */
export async function openRegistry(
  connection: LiveConnection,
  at: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<StepOutcome<Reached>> {
  const opened = await connection.openRegistry(signal);
  if (!opened.ok) return { ok: false, error: errorOfFailure(3, opened.failure, at) };
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
