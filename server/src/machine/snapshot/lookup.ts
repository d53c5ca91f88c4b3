/** Answers requests from a snapshot: what was recorded, what follows from it, and *not recorded* for the rest. */
import type { FileInfo, FolderEntry, Observation, ObservationRequest, RegistryValue } from '../../model/observation.ts';
import {
  isRedacted,
  isUnreadable,
  type Recorded,
  type RecordedFile,
  type RecordedKey,
  type RecordedService,
  type Redacted,
  type SnapshotDocument,
  type Unreadable,
} from './format.ts';

const ABSENT: Observation<never> = { state: 'absent' };

/** What a recording says to a request that was not made when it was recorded. */
export const NOT_RECORDED: Observation<never> = { state: 'unreadable', reason: 'not recorded' };

interface IndexedKey extends RecordedKey {
  readonly byName: ReadonlyMap<string, Recorded<RegistryValue> | Redacted>;
}

/** A snapshot's observations, without case. */
export class RecordedObservations {
  readonly #keys: ReadonlyMap<string, IndexedKey>;
  /** Keys that must exist because something below them does. */
  readonly #parents = new Set<string>();
  readonly #files: ReadonlyMap<string, RecordedFile>;
  readonly #services: ReadonlyMap<string, Recorded<RecordedService>>;
  readonly #serviceNames: SnapshotDocument['serviceNames'];

  constructor(snapshot: SnapshotDocument) {
    this.#keys = new Map(
      Object.entries(snapshot.registry).map(([path, key]) => [
        path.toLowerCase(),
        { ...key, byName: lowerKeys(Object.entries(key.values ?? {})) },
      ]),
    );
    for (const [path, key] of this.#keys) if (isThere(key)) this.#addParents(path);
    this.#files = lowerKeys(Object.entries(snapshot.files).map(([path, file]) => [bare(path), file]));
    this.#services = lowerKeys(Object.entries(snapshot.services));
    this.#serviceNames = snapshot.serviceNames;
  }

  /** The answer to one request. */
  answer(request: ObservationRequest): Observation {
    switch (request.kind) {
      case 'key':
      case 'subkeys':
      case 'values':
      case 'value':
        return this.#registry(request, bare(`${request.hive}\\${request.path}`).toLowerCase());
      case 'service':
        return this.#service(request.name.toLowerCase());
      case 'services':
        return this.#serviceNames === undefined ? NOT_RECORDED : observation(this.#serviceNames);
      default:
        return this.#file(request.kind, bare(request.path).toLowerCase());
    }
  }

  #registry(request: ObservationRequest, path: string): Observation {
    const key = this.#keys.get(path);
    if (request.kind === 'key') return this.#keyExists(path);
    if (request.kind === 'value') {
      const value = key?.byName.get(request.name.toLowerCase());
      if (value !== undefined) return observation(value);
      if (key?.complete === true) return ABSENT;
    }
    if (request.kind === 'subkeys' && key?.subkeys !== undefined) return observation(key.subkeys);
    if (request.kind === 'values' && key?.complete !== undefined && key.complete !== false) return allValues(key);
    return this.#keyExists(path).state === 'absent' ? ABSENT : NOT_RECORDED;
  }

  #keyExists(path: string): Observation {
    const key = this.#keys.get(path);
    if (key?.exists !== undefined) {
      if (isUnreadable(key.exists)) return observation(key.exists);
      return key.exists ? { state: 'present', value: true } : ABSENT;
    }
    if ((key !== undefined && isThere(key)) || this.#parents.has(path)) return { state: 'present', value: true };
    const cut = path.lastIndexOf('\\');
    if (cut < 0) return NOT_RECORDED;
    const parent = path.slice(0, cut);
    const siblings = this.#keys.get(parent)?.subkeys;
    if (siblings !== undefined && !isUnreadable(siblings)) {
      const listed = siblings.some((name) => name.toLowerCase() === path.slice(cut + 1));
      return listed ? { state: 'present', value: true } : ABSENT;
    }
    return this.#keyExists(parent).state === 'absent' ? ABSENT : NOT_RECORDED;
  }

  #addParents(path: string): void {
    for (let cut = path.lastIndexOf('\\'); cut > 0; cut = path.lastIndexOf('\\', cut - 1)) {
      const parent = path.slice(0, cut);
      if (this.#parents.has(parent)) return;
      this.#parents.add(parent);
    }
  }

  #service(name: string): Observation {
    const service = this.#services.get(name);
    if (service === undefined) {
      const names = this.#serviceNames;
      if (!Array.isArray(names)) return NOT_RECORDED;
      return names.some((one: string) => one.toLowerCase() === name) ? NOT_RECORDED : ABSENT;
    }
    if (service === null || isUnreadable(service)) return observation(service);
    const { start, account, path, ...rest } = service;
    const members = { start: observation(start), account: observation(account), path: observation(path) };
    return { state: 'present', value: { ...rest, ...members } };
  }

  #file(kind: keyof typeof FILE_MEMBERS, path: string): Observation {
    const recorded = this.#files.get(path)?.[FILE_MEMBERS[kind]];
    if (recorded !== undefined) return observation(recorded);
    const stat = this.#stat(path);
    if (kind === 'file' || stat.state === 'absent') return stat;
    // A folder has no version, text or digest; a file has no entries.
    if (stat.state === 'present' && stat.value.folder !== (kind === 'entries')) return ABSENT;
    return NOT_RECORDED;
  }

  #stat(path: string): Observation<FileInfo> {
    const stat = this.#files.get(path)?.stat;
    if (stat !== undefined) return observation<FileInfo>(stat);
    const cut = path.lastIndexOf('\\');
    if (cut < 0) return NOT_RECORDED;
    const parent = path.slice(0, cut);
    const entries = this.#files.get(parent)?.entries;
    if (Array.isArray(entries)) {
      const entry = (entries as readonly FolderEntry[]).find((one) => one.name.toLowerCase() === path.slice(cut + 1));
      if (entry === undefined) return ABSENT;
      return { state: 'present', value: { folder: entry.folder, size: entry.size, modified: entry.modified } };
    }
    if (entries === null) return ABSENT;
    const above = this.#stat(parent);
    const impossible = above.state === 'absent' || (above.state === 'present' && !above.value.folder);
    return impossible ? ABSENT : NOT_RECORDED;
  }
}

const FILE_MEMBERS = { file: 'stat', version: 'version', text: 'text', sha256: 'sha256', entries: 'entries' } as const;

function isThere(key: IndexedKey): boolean {
  if (key.exists === true || key.complete === true || Array.isArray(key.subkeys)) return true;
  return [...key.byName.values()].some((value) => value !== null && !isUnreadable(value));
}

/** All values of a key; one that was left out by rule makes the whole unreadable, for it is there and unknown. */
function allValues(key: IndexedKey): Observation {
  if (isUnreadable(key.complete)) return observation(key.complete);
  const values: [string, RegistryValue][] = [];
  for (const [name, value] of Object.entries(key.values ?? {})) {
    if (value === null) continue;
    if (isUnreadable(value) || isRedacted(value)) return observation(value);
    values.push([name, value]);
  }
  return { state: 'present', value: Object.fromEntries(values) };
}

function observation<T>(recorded: T | null | Unreadable | Redacted): Observation<T> {
  if (recorded === null) return ABSENT;
  if (isUnreadable(recorded)) {
    const { unreadable: reason, raw } = recorded;
    return raw === undefined ? { state: 'unreadable', reason } : { state: 'unreadable', reason, raw };
  }
  if (isRedacted(recorded)) return { state: 'unreadable', reason: `left out of the recording: ${recorded.redacted}` };
  return { state: 'present', value: recorded as T };
}

function lowerKeys<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  return new Map(entries.map(([name, value]) => [name.toLowerCase(), value]));
}

function bare(path: string): string {
  return path.replace(/\\+$/, '');
}
