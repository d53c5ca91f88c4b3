/** Steps 1 to 4 of a scan, and then the machine stays open: for someone who looks around in it. */
import type { Target } from '../evaluate/verdict.ts';
import type { LiveConnection } from '../machine/live/live.ts';
import type { BrowsableMachine } from '../machine/listing.ts';
import { netbiosAlone } from './error-causes.ts';
import type { RawFailure } from './failure.ts';
import { Known } from './known.ts';
import { parseMachine } from './machine-name.ts';
import { Observer } from './observe.ts';
import type { ScanTarget } from './options.ts';
import type { ScanError } from './result.ts';
import type { Reached } from './source.ts';
import { determineOs } from './steps/os.ts';
import { openRegistry } from './steps/registry.ts';
import { resolve } from './steps/resolve.ts';
import { openShare } from './steps/share.ts';
import { openSnapshot } from './steps/snapshot.ts';

/** A machine that stays open until it is closed. */
export interface OpenMachine {
  readonly machine: BrowsableMachine;
  readonly target: Target;
  readonly name: string;
  /** Why the connection has ended, once it has. */
  readonly lost: () => RawFailure | undefined;
  readonly close: () => Promise<void>;
}

export type Opening =
  | { readonly ok: true; readonly value: OpenMachine }
  | { readonly ok: false; readonly step: number; readonly error: ScanError };

const REQUEST_MS = 15_000;
const NOBODY = new Set<string>();

/** Opens a machine. Rejects only when cancelled; nothing stays open then. */
export async function openMachine(target: ScanTarget, signal: AbortSignal): Promise<Opening> {
  let connection: LiveConnection | undefined;
  const reached =
    target.kind === 'snapshot'
      ? atStep(4, await openSnapshot(target.path))
      : await reachLive(target, { signal, onConnected: (made) => (connection = made) }).catch(closing);
  if (!reached.ok) {
    await connection?.close();
    return reached;
  }
  const { machine } = reached.value;
  const close = async (): Promise<void> => {
    await machine.close();
    await connection?.close();
  };
  try {
    const known = new Known();
    const observer = new Observer(reached.value, known, { cancel: signal, deadline: signal });
    const { challengeNames } = reached.value;
    const asked = target.kind === 'machine' ? target.machine : target.path;
    const parsed = target.kind === 'machine' ? parseMachine(asked) : undefined;
    const at = parsed?.ok === true ? parsed.value : {};
    const os = atStep(
      4,
      await determineOs(observer, {
        ...at,
        ...{ challengeNames, variableNames: NOBODY, now: machine.time },
      }),
    );
    if (os.ok) {
      const [own] = os.value.ownNames;
      return {
        ok: true,
        value: { machine, close, target: os.value.target, name: own ?? asked, lost: reached.value.lost },
      };
    }
    await close();
    return os;
  } catch (error) {
    await close();
    throw error;
  }

  async function closing(error: unknown): Promise<never> {
    await connection?.close();
    throw error;
  }
}

type At<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly step: number; readonly error: ScanError };

function atStep<T>(
  step: number,
  outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ScanError },
): At<T> {
  return outcome.ok ? outcome : { ok: false, step, error: outcome.error };
}

interface Reaching {
  readonly signal: AbortSignal;
  readonly onConnected: (connection: LiveConnection) => void;
}

async function reachLive(
  target: ScanTarget & { kind: 'machine' },
  { signal, onConnected }: Reaching,
): Promise<At<Reached & { readonly machine: BrowsableMachine }>> {
  const given = target.resolved;
  const asked = given ?? (await resolve(target.machine, { signal, timeout: REQUEST_MS }));
  if (!asked.ok) return atStep(1, asked);
  // What anybody on the network can answer for gets no credential unless the user has seen its address.
  if (!given && asked.value.foundBy === 'netbios') return { ok: false, step: 1, error: netbiosAlone(asked.value) };
  const input = {
    machine: asked.value,
    credential: target.credential,
    requestTimeout: REQUEST_MS,
    signal,
    onConnected,
  };
  const share = atStep(2, await openShare(input));
  if (!share.ok) return share;
  const registry = atStep(3, await openRegistry(share.value, { at: asked.value, signal }));
  if (!registry.ok) return registry;
  return { ok: true, value: { ...registry.value, machine: share.value.machine() } };
}
