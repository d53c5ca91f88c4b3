/** Step 2: connect, log on, and open the share of the system drive. */
import { connectLive, type LiveConnection, type LogonTurn } from '../../machine/live/live.ts';
import { errorOfFailure } from '../error-causes.ts';
import type { Credential } from '../options.ts';
import type { StepOutcome } from './outcome.ts';
import type { ResolvedMachine } from './resolve.ts';

export interface ShareStepInput {
  readonly machine: ResolvedMachine;
  readonly credential: Credential;
  readonly signal: AbortSignal;
  /** For each request, milliseconds. */
  readonly requestTimeout: number;
  readonly logonTurn?: LogonTurn | undefined;
  /** Told of the connection as soon as there is one, so that it is closed whatever happens next. */
  readonly onConnected: (connection: LiveConnection) => void;
}

/** Opens `C$`. The credential is tried once. Rejects only when the scan is cancelled. */
export async function openShare(input: ShareStepInput): Promise<StepOutcome<LiveConnection>> {
  const { host, port, addresses } = input.machine;
  const at = { host, port };
  const { signal, credential, requestTimeout: requestMs, logonTurn } = input;
  const connected = await connectLive(
    { ...at, addresses, credential, deadlines: { requestMs }, ...(logonTurn && { logonTurn }) },
    signal,
  );
  if (!connected.ok) return { ok: false, error: errorOfFailure(2, connected.failure, at) };
  const connection = connected.value;
  input.onConnected(connection);
  const share = await connection.openShare('C$', signal);
  if (!share.ok) return { ok: false, error: errorOfFailure(2, share.failure, at) };
  return { ok: true, value: connection };
}
