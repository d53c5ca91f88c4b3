import { connectLive, type LiveConnection, type LiveOptions } from '../../server/src/machine/live/live.ts';
import type { Phase, WireFailure } from '../../server/src/wire/failure.ts';

/** Where a test's machine, or a proxy before it, listens. */
export interface Place {
  readonly address: string;
  readonly port: number;
}

export type Wishes = Partial<Omit<LiveOptions, 'host' | 'port'>>;

/** What a phase gave; a failure fails the test, in the failure's words. */
export function valueOf<T>(phase: Phase<T>): T {
  if (!phase.ok) throw new Error(`${phase.failure.code}: ${phase.failure.message}`);
  return phase.value;
}

/** Why a phase failed; a success fails the test. */
export function failureOf(phase: Phase<unknown>): WireFailure {
  if (phase.ok) throw new Error('this should have failed');
  return phase.failure;
}

export function logOn(place: Place, password: string, wishes: Wishes = {}): Promise<Phase<LiveConnection>> {
  const credential = { user: 'Administrator', password };
  return connectLive({ host: place.address, port: place.port, credential, ...wishes });
}

/** Connected, with C$ and the registry open. */
export async function openAll(place: Place, password: string, wishes: Wishes = {}): Promise<LiveConnection> {
  const connection = valueOf(await logOn(place, password, wishes));
  valueOf(await connection.openShare('C$'));
  valueOf(await connection.openRegistry());
  return connection;
}
