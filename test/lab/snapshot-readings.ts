/** Everything that a snapshot says was read, as requests that another reader can be asked, and what it must answer. */
import {
  isRedacted,
  isUnreadable,
  type RecordedFile,
  type RecordedKey,
  type SnapshotDocument,
} from '../../server/src/machine/snapshot/format.ts';
import type { Hive, Observation, ObservationRequest } from '../../server/src/model/observation.ts';

/** One thing read, and what was recorded of it. */
export interface Reading {
  readonly request: ObservationRequest;
  readonly recorded: Observation;
}

function observationOf(recorded: unknown): Observation {
  if (recorded === null) return { state: 'absent' };
  if (isUnreadable(recorded)) return { state: 'unreadable', reason: recorded.unreadable };
  return { state: 'present', value: recorded };
}

function keyReadings(fullPath: string, key: RecordedKey): Reading[] {
  const [hive, ...parts] = fullPath.split('\\');
  const at = { hive: hive as Hive, path: parts.join('\\') };
  const readings: Reading[] = [];
  if (key.exists !== undefined) {
    readings.push({
      request: { kind: 'key', ...at },
      recorded: observationOf(key.exists === false ? null : key.exists),
    });
  }
  // What lies below an absent key is absent with it: asked once.
  if (key.exists === false) return readings;
  if (key.subkeys !== undefined) {
    readings.push({ request: { kind: 'subkeys', ...at }, recorded: observationOf(key.subkeys) });
  }
  for (const [name, recorded] of Object.entries(key.values ?? {})) {
    if (!isRedacted(recorded)) {
      readings.push({ request: { kind: 'value', ...at, name }, recorded: observationOf(recorded) });
    }
  }
  return readings;
}

function fileReadings(path: string, file: RecordedFile): Reading[] {
  const recordings = [
    ['file', file.stat],
    ['version', file.version],
    ['text', file.text],
    ['sha256', file.sha256],
    ['entries', file.entries],
  ] as const;
  return recordings.flatMap(([kind, recorded]) =>
    recorded === undefined || isRedacted(recorded)
      ? []
      : [{ request: { kind, path }, recorded: observationOf(recorded) }],
  );
}

/** All readings of a snapshot. What was redacted is not among them: the snapshot does not say what it was. */
export function readingsOf(snapshot: SnapshotDocument): readonly Reading[] {
  const services = Object.entries(snapshot.services).map(([name, service]): Reading => {
    if (service === null || isUnreadable(service)) {
      return { request: { kind: 'service', name }, recorded: observationOf(service) };
    }
    const value = {
      name: service.name,
      displayName: service.displayName,
      state: service.state,
      start: observationOf(service.start),
      account: observationOf(service.account),
      path: observationOf(service.path),
    };
    return { request: { kind: 'service', name }, recorded: { state: 'present', value } };
  });
  const names: Reading[] =
    snapshot.serviceNames === undefined
      ? []
      : [{ request: { kind: 'services' }, recorded: observationOf(snapshot.serviceNames) }];
  return [
    ...Object.entries(snapshot.registry).flatMap(([path, key]) => keyReadings(path, key)),
    ...names,
    ...services,
    ...Object.entries(snapshot.files).flatMap(([path, file]) => fileReadings(path, file)),
  ];
}
