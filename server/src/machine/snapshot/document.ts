/** Makes a snapshot document of observations: grouped, redacted, sorted, so that the same machine gives the same text. */
import {
  describeRequest,
  type FileInfo,
  type FileVersion,
  type FolderEntry,
  type Observation,
  type ObservationRequest,
  type RegistryValue,
  type ServiceInfo,
} from '../../model/observation.ts';
import { redactedValue, redactFile, redactText } from '../../model/refusals.ts';
import {
  SNAPSHOT_SCHEMA,
  type Recorded,
  type RecordedFile,
  type RecordedKey,
  type RecordedMachine,
  type RecordedService,
  type Redacted,
  type Redaction,
  type SnapshotDocument,
  type Unreadable,
} from './format.ts';
import { withoutPeople } from './people.ts';

/** One thing that was asked and its answer. */
export interface Observed {
  readonly request: ObservationRequest;
  readonly observation: Observation;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type KeyDraft = Writable<Omit<RecordedKey, 'values'>> & { values: Map<string, Recorded<RegistryValue> | Redacted> };

interface Draft {
  readonly registry: Map<string, KeyDraft>;
  readonly files: Map<string, Writable<RecordedFile>>;
  readonly services: Map<string, Recorded<RecordedService>>;
  serviceNames?: Recorded<readonly string[]>;
  readonly redacted: Redaction[];
}

/** The document of what was observed. */
export function snapshotDocument(
  observed: Iterable<Observed>,
  about: { readonly machine: RecordedMachine; readonly recorded: Date },
): SnapshotDocument {
  const draft: Draft = { registry: new Map(), files: new Map(), services: new Map(), redacted: [] };
  for (const one of observed) add(draft, one);
  const registry = [...draft.registry].map(([path, key]): [string, RecordedKey] => [path, finishedKey(key)]);
  const files = [...draft.files].map(([path, file]): [string, RecordedFile] => [path, finishedFile(file)]);
  const document: SnapshotDocument = {
    schema: SNAPSHOT_SCHEMA,
    recorded: about.recorded.toISOString(),
    machine: { name: about.machine.name, address: about.machine.address, port: about.machine.port },
    redacted: draft.redacted.toSorted((left, right) => order(left.what, right.what)),
    registry: sorted(registry),
    ...(draft.serviceNames === undefined ? {} : { serviceNames: draft.serviceNames }),
    services: sorted([...draft.services]),
    files: sorted(files),
  };
  return withoutPeople(document, sorted);
}

function add(draft: Draft, { request, observation }: Observed): void {
  switch (request.kind) {
    case 'key':
    case 'subkeys':
    case 'values':
    case 'value':
      return addRegistry(draft, request, observation);
    case 'service':
      draft.services.set(request.name, mapped(observation as Observation<ServiceInfo>, recordedService));
      return;
    case 'services':
      draft.serviceNames = recorded(observation as Observation<readonly string[]>);
      return;
    default:
      return addFile(draft, request, observation);
  }
}

function addRegistry(
  draft: Draft,
  request: Extract<ObservationRequest, { kind: 'key' | 'subkeys' | 'values' | 'value' }>,
  observation: Observation,
): void {
  const key = keyAt(draft, request.path === '' ? request.hive : `${request.hive}\\${request.path}`);
  const failed = observation.state === 'unreadable' ? unreadable(observation) : undefined;
  switch (request.kind) {
    case 'key':
      key.exists = failed ?? observation.state === 'present';
      return;
    case 'subkeys':
      if (observation.state === 'absent') key.exists = false;
      else key.subkeys = failed ?? ((observation as { value: readonly string[] }).value satisfies readonly string[]);
      return;
    case 'values':
      if (observation.state === 'absent') key.exists = false;
      else key.complete = failed ?? true;
      if (observation.state !== 'present') return;
      for (const [name, value] of Object.entries(observation.value as Readonly<Record<string, RegistryValue>>)) {
        key.values.set(name, keptValue(draft, { ...request, kind: 'value', name }, value));
      }
      return;
    case 'value': {
      const { state } = observation;
      const kept =
        state === 'present' ? keptValue(draft, request, observation.value as RegistryValue) : (failed ?? null);
      if (!hasName(key.values, request.name)) key.values.set(request.name, kept);
    }
  }
}

function hasName(values: ReadonlyMap<string, unknown>, name: string): boolean {
  return values.has(name) || [...values.keys()].some((one) => one.toLowerCase() === name.toLowerCase());
}

function keptValue(
  draft: Draft,
  request: Extract<ObservationRequest, { kind: 'value' }>,
  value: RegistryValue,
): RegistryValue | Redacted {
  const why = redactedValue(request.name);
  if (why !== undefined) {
    note(draft, request, why);
    return { redacted: why };
  }
  const kept = redactedData(value);
  if (kept !== value) note(draft, request, 'a product key');
  return kept;
}

function redactedData(value: RegistryValue): RegistryValue {
  switch (value.type) {
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
    case 'REG_LINK': {
      const data = redactText(value.data);
      return data === value.data ? value : { type: value.type, data };
    }
    case 'REG_MULTI_SZ': {
      const data = value.data.map(redactText);
      return data.every((item, index) => item === value.data[index]) ? value : { type: value.type, data };
    }
    default:
      return value;
  }
}

function addFile(
  draft: Draft,
  request: Extract<ObservationRequest, { kind: 'file' | 'version' | 'text' | 'sha256' | 'entries' }>,
  observation: Observation,
): void {
  const file = fileAt(draft, request.path);
  switch (request.kind) {
    case 'file':
      file.stat = recorded(observation as Observation<FileInfo>);
      return;
    case 'version':
      file.version = recorded(observation as Observation<FileVersion>);
      return;
    case 'sha256':
      file.sha256 = recorded(observation as Observation<string>);
      return;
    case 'entries':
      file.entries = recorded(observation as Observation<readonly FolderEntry[]>);
      return;
    case 'text':
      file.text = mapped(observation as Observation<string>, (text) => {
        const kept = redactFile(text);
        if (kept !== text) note(draft, request, 'what its lines set secrets to');
        return kept;
      });
  }
}

function note(draft: Draft, request: ObservationRequest, why: string): void {
  draft.redacted.push({ what: describeRequest(request), why });
}

function keyAt(draft: Draft, path: string): KeyDraft {
  const known = draft.registry.get(path);
  if (known !== undefined) return known;
  const made: KeyDraft = { values: new Map() };
  draft.registry.set(path, made);
  return made;
}

function fileAt(draft: Draft, path: string): Writable<RecordedFile> {
  const known = draft.files.get(path);
  if (known !== undefined) return known;
  const made: Writable<RecordedFile> = {};
  draft.files.set(path, made);
  return made;
}

function finishedKey({ exists, subkeys, values, complete }: KeyDraft): RecordedKey {
  return {
    ...(exists === undefined ? {} : { exists }),
    ...(subkeys === undefined ? {} : { subkeys }),
    ...(values.size === 0 ? {} : { values: sorted([...values]) }),
    ...(complete === undefined ? {} : { complete }),
  };
}

function finishedFile(file: RecordedFile): RecordedFile {
  const { stat, version, text, sha256, entries } = file;
  return {
    ...(stat === undefined ? {} : { stat }),
    ...(version === undefined ? {} : { version }),
    ...(text === undefined ? {} : { text }),
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(entries === undefined ? {} : { entries }),
  };
}

function recordedService(info: ServiceInfo): RecordedService {
  return {
    name: info.name,
    displayName: info.displayName,
    state: info.state,
    start: recorded(info.start),
    account: recorded(info.account),
    path: mapped(info.path, redactText),
  };
}

function recorded<T>(observation: Observation<T>): Recorded<T> {
  return mapped(observation, (value) => value);
}

function mapped<T, U>(observation: Observation<T>, keep: (value: T) => U): Recorded<U> {
  switch (observation.state) {
    case 'present':
      return keep(observation.value);
    case 'absent':
      return null;
    case 'unreadable':
      return unreadable(observation);
  }
}

function unreadable({ reason, raw }: Extract<Observation, { state: 'unreadable' }>): Unreadable {
  return raw === undefined ? { unreadable: reason } : { unreadable: reason, raw };
}

function sorted<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  return Object.fromEntries(entries.toSorted(([left], [right]) => order(left, right)));
}

/** Without case first, so that a key's neighbours are its neighbours in regedit; by code unit where that is equal. */
function order(left: string, right: string): number {
  const [one, other] = [left.toLowerCase(), right.toLowerCase()];
  if (one !== other) return one < other ? -1 : 1;
  return left < right ? -1 : left > right ? 1 : 0;
}
