/** The recording of a machine, `patchlab-snapshot/1`. docs/schemas/snapshot.schema.json holds the same. */
import type { FileInfo, FileVersion, FolderEntry, RegistryValue, ServiceInfo } from '../../model/observation.ts';

export const SNAPSHOT_SCHEMA = 'patchlab-snapshot/1';

/** It could not be read when it was recorded. */
export interface Unreadable {
  readonly unreadable: string;
  readonly raw?: string;
}

/** It was there, and left out of the recording by rule. */
export interface Redacted {
  readonly redacted: string;
}

/** One observation: the value, `null` for proven absence, or why it could not be read. */
export type Recorded<T> = T | null | Unreadable;

export interface RecordedKey {
  readonly exists?: boolean | Unreadable;
  readonly subkeys?: readonly string[] | Unreadable;
  readonly values?: Readonly<Record<string, Recorded<RegistryValue> | Redacted>>;
  /** `true`: `values` names every value of the key. */
  readonly complete?: boolean | Unreadable;
}

export interface RecordedFile {
  readonly stat?: Recorded<FileInfo>;
  readonly version?: Recorded<FileVersion>;
  readonly text?: Recorded<string> | Redacted;
  readonly sha256?: Recorded<string>;
  readonly entries?: Recorded<readonly FolderEntry[]>;
}

/** A service; members that the machine did not tell are `null`. */
export interface RecordedService {
  readonly name: string;
  readonly displayName: string;
  readonly state: ServiceInfo['state'];
  readonly start: Recorded<string>;
  readonly account: Recorded<string>;
  readonly path: Recorded<string>;
}

/** Whose recording it is. */
export interface RecordedMachine {
  readonly name: string | null;
  readonly address: string | null;
  readonly port: number | null;
}

export interface Redaction {
  /** The thing, as a request describes it. */
  readonly what: string;
  readonly why: string;
}

export interface SnapshotDocument {
  readonly schema: typeof SNAPSHOT_SCHEMA;
  /** ISO 8601, UTC: ages are measured against it. */
  readonly recorded: string;
  readonly machine: RecordedMachine;
  /** What was left out or replaced by rule. */
  readonly redacted: readonly Redaction[];
  /** By key, as `HKLM\SOFTWARE\…`. */
  readonly registry: Readonly<Record<string, RecordedKey>>;
  /** The names of all services, where they were listed. */
  readonly serviceNames?: Recorded<readonly string[]>;
  readonly services: Readonly<Record<string, Recorded<RecordedService>>>;
  /** By full path, files and folders. */
  readonly files: Readonly<Record<string, RecordedFile>>;
}

/** Whether something recorded is a failure to read. */
export function isUnreadable(recorded: unknown): recorded is Unreadable {
  return typeof recorded === 'object' && recorded !== null && 'unreadable' in recorded;
}

/** Whether something recorded was left out by rule. */
export function isRedacted(recorded: unknown): recorded is Redacted {
  return typeof recorded === 'object' && recorded !== null && 'redacted' in recorded;
}
