/**
 * The vocabulary of observations: what can be asked of a machine, and what it can answer.
 *
 * Every path here is *physical*: views and redirections are already resolved (a 32-bit view of `HKLM\SOFTWARE\X` on 64-bit
 * Windows is `HKLM\SOFTWARE\Wow6432Node\X`), names are inserted and folders expanded. So one thing has one identity,
 * however content reached it, and is read once.
 */

/** What one request was answered with. "Absent" is proof; "unreadable" is the lack of it. */
export type Observation<T = unknown> =
  | { readonly state: 'present'; readonly value: T }
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable'; readonly reason: string; readonly raw?: string };

export type Hive = 'HKLM' | 'HKU' | 'HKCR' | 'HKCC';

export type RegistryType =
  | 'REG_NONE'
  | 'REG_SZ'
  | 'REG_EXPAND_SZ'
  | 'REG_BINARY'
  | 'REG_DWORD'
  | 'REG_DWORD_BIG_ENDIAN'
  | 'REG_LINK'
  | 'REG_MULTI_SZ'
  | 'REG_RESOURCE_LIST'
  | 'REG_QWORD';

/** A registry value. DWORD and QWORD are decimal digits (a QWORD does not fit a number); binary types are lower-case hex. */
export type RegistryValue =
  | { readonly type: 'REG_SZ' | 'REG_EXPAND_SZ' | 'REG_LINK'; readonly data: string }
  | { readonly type: 'REG_DWORD' | 'REG_DWORD_BIG_ENDIAN' | 'REG_QWORD'; readonly data: string }
  | { readonly type: 'REG_MULTI_SZ'; readonly data: readonly string[] }
  | { readonly type: 'REG_NONE' | 'REG_BINARY' | 'REG_RESOURCE_LIST'; readonly data: string };

export type ServiceState =
  'stopped' | 'start-pending' | 'stop-pending' | 'running' | 'continue-pending' | 'pause-pending' | 'paused';
export type ServiceStart = 'boot' | 'system' | 'automatic' | 'manual' | 'disabled';

export interface ServiceInfo {
  readonly name: string;
  readonly displayName: string;
  readonly state: ServiceState;
  /** From the registry (`Services\NAME` value `Start`). */
  readonly start: Observation<ServiceStart>;
  readonly account: Observation<string>;
  /** The command line as configured (`ImagePath`). */
  readonly path: Observation<string>;
}

export interface FileInfo {
  readonly folder: boolean;
  /** Bytes. */
  readonly size: number;
  /** ISO 8601, UTC. */
  readonly modified: string;
}

export interface FolderEntry extends FileInfo {
  readonly name: string;
  /** A link or mount point: what is below it lies elsewhere, or is the same again. */
  readonly link?: true;
}

/** What a PE file says of itself. Every member is absent where the file does not say it. */
export interface FileVersion {
  /** From VS_FIXEDFILEINFO, four parts. */
  readonly fileVersion?: string;
  /** From VS_FIXEDFILEINFO, four parts. */
  readonly fixedProductVersion?: string;
  /** From the string table: often no version. */
  readonly productVersion?: string;
  readonly company?: string;
  readonly product?: string;
  readonly originalName?: string;
  /** A BCP 47 tag or `0x` and the hexadecimal LANGID. */
  readonly language?: string;
  readonly arch?: 'x86' | 'x64' | 'arm' | 'arm64';
}

/** What can be asked, and the value that a present answer has. */
export interface ObservationValues {
  readonly key: true;
  readonly value: RegistryValue;
  /** Names of the subkeys, in the machine's order. */
  readonly subkeys: readonly string[];
  readonly values: Readonly<Record<string, RegistryValue>>;
  readonly service: ServiceInfo;
  /** Every service's name. */
  readonly services: readonly string[];
  readonly file: FileInfo;
  readonly version: FileVersion;
  /** At most 1 MiB, decoded by its mark. */
  readonly text: string;
  readonly sha256: string;
  /** A folder's entries, without `.` and `..`. */
  readonly entries: readonly FolderEntry[];
}

export type ObservationRequest =
  | { readonly kind: 'key' | 'subkeys' | 'values'; readonly hive: Hive; readonly path: string }
  | { readonly kind: 'value'; readonly hive: Hive; readonly path: string; readonly name: string }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'services' }
  | { readonly kind: 'file' | 'version' | 'text' | 'sha256' | 'entries'; readonly path: string };

export type RequestKind = ObservationRequest['kind'];

/** A request's identity: Windows compares keys, values, services and paths without case. */
export function requestId(request: ObservationRequest): string {
  switch (request.kind) {
    case 'key':
    case 'subkeys':
    case 'values':
      return `${request.kind}|${request.hive}\\${request.path}`.toLowerCase();
    case 'value':
      return `value|${request.hive}\\${request.path}|${request.name}`.toLowerCase();
    case 'service':
      return `service|${request.name}`.toLowerCase();
    case 'services':
      return 'services';
    case 'file':
    case 'version':
    case 'text':
    case 'sha256':
    case 'entries':
      return `${request.kind}|${request.path}`.toLowerCase();
  }
}

/** The request as a person reads it, for messages and traces. */
export function describeRequest(request: ObservationRequest): string {
  switch (request.kind) {
    case 'key':
      return `key ${request.hive}\\${request.path}`;
    case 'subkeys':
      return `subkeys of ${request.hive}\\${request.path}`;
    case 'values':
      return `values of ${request.hive}\\${request.path}`;
    case 'value':
      return `value "${request.name}" of ${request.hive}\\${request.path}`;
    case 'service':
      return `service ${request.name}`;
    case 'services':
      return 'the list of services';
    case 'file':
      return `file ${request.path}`;
    case 'version':
      return `version of ${request.path}`;
    case 'text':
      return `text of ${request.path}`;
    case 'sha256':
      return `SHA-256 of ${request.path}`;
    case 'entries':
      return `entries of ${request.path}`;
  }
}
