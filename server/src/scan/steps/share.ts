/** Step 2: connect, log on, and open the share of the system drive. */
import {
  connectLive,
  type LiveConnection,
  type LogonTurn,
  type Phase,
  type WireFailure,
} from '../../machine/live/live.ts';
import { rawCode } from '../../wire/failure.ts';
import type { Changes } from '../changes/changes.ts';
import { errorOfFailure } from '../error-causes.ts';
import type { Credential } from '../options.ts';
import type { StepOutcome } from './outcome.ts';
import type { ResolvedMachine } from './resolve.ts';

export interface ConnectInput {
  readonly machine: ResolvedMachine;
  readonly credential: Credential;
  /** For each request, milliseconds. */
  readonly requestTimeout: number;
  readonly logonTurn?: LogonTurn | undefined;
}

export interface ShareStepInput extends ConnectInput {
  readonly signal: AbortSignal;
  readonly changes?: Changes | undefined;
  /** Told of the connection as soon as there is one, so that it is closed whatever happens next. */
  readonly onConnected: (connection: LiveConnection) => void;
}

/**
 * Opens the share of the system drive, which is `C$` nearly everywhere. The credential is tried once. Rejects only when the
 * scan is cancelled.
 */
export async function openShare(input: ShareStepInput): Promise<StepOutcome<LiveConnection>> {
  const { host, port } = input.machine;
  const at = { host, port };
  const connected = await connect(input, input.signal);
  if (!connected.ok) return { ok: false, error: errorOfFailure(2, connected.failure, at) };
  const connection = connected.value;
  input.onConnected(connection);
  const left = await input.changes?.recover(connection, input.signal);
  const warning = left && `What an interrupted scan has left could not be undone: ${rawCode(left)}.`;
  const failure = await openDrive(connection, input);
  if (failure) return { ok: false, error: errorOfFailure(2, failure, at) };
  return { ok: true, value: connection, ...(warning !== undefined && { warning }) };
}

/** Connects as the step does; also for whoever has to come back. */
export function connect(input: ConnectInput, signal: AbortSignal): Promise<Phase<LiveConnection>> {
  const { host, port, addresses } = input.machine;
  const { credential, requestTimeout: requestMs, logonTurn } = input;
  return connectLive(
    { host, port, addresses, credential, deadlines: { requestMs }, ...(logonTurn && { logonTurn }) },
    signal,
  );
}

/** Where `C$` cannot be opened, the machine is asked for its system drive; where that is not shared, it is for the scan. */
async function openDrive(connection: LiveConnection, input: ShareStepInput): Promise<WireFailure | undefined> {
  const { signal, changes } = input;
  const usual = await connection.openShare('C$', signal);
  if (usual.ok || errorOfFailure(2, usual.failure, input.machine).code !== '301') return failureIn(usual);
  const drive = await connection.systemDrive(signal);
  const letter = drive.ok ? drive.value : 'C';
  const real = letter === 'C' ? usual : await connection.openShare(`${letter}$`, signal);
  if (real.ok || changes?.options.temporaryShare !== true) return failureIn(real);
  const made = await changes.makeShare(connection, letter, signal);
  if (!made.ok) return made.failure;
  return failureIn(await connection.openShare(made.value, signal, `${letter}$`));
}

const failureIn = (phase: Phase<unknown>): WireFailure | undefined => (phase.ok ? undefined : phase.failure);
