/** What a lab machine is, as data: everything that `startMachine` needs to know. */
import type { ServiceState } from '../../server/src/model/observation.ts';
import type { PeFileSpec } from './pe-file.ts';
import type { LabRegistry } from './registry-file.ts';

export type Dialect = 'SMB2_02' | 'SMB2_10' | 'SMB3_00' | 'SMB3_02' | 'SMB3_11';

/** How the server speaks SMB; each member left out is as Samba has it, with SMB 2.0.2 the oldest dialect. */
export interface SmbOptions {
  readonly signing?: 'mandatory' | 'auto' | 'disabled';
  readonly encryption?: 'required' | 'desired' | 'off';
  readonly minProtocol?: Dialect;
  readonly maxProtocol?: Dialect;
  /** Preferred order, such as `aes-128-ccm`: only these are offered. */
  readonly ciphers?: readonly ('aes-128-gcm' | 'aes-128-ccm' | 'aes-256-gcm' | 'aes-256-ccm')[];
  readonly signingAlgorithms?: readonly ('aes-128-gmac' | 'aes-128-cmac' | 'hmac-sha256')[];
  /** Further lines of smb.conf's `[global]`. */
  readonly lines?: readonly string[];
}

/** A file's content: text, bytes, a PE file that the lab composes, or a copy of a real file. */
export type LabFile =
  string | Uint8Array | { readonly pe: PeFileSpec } | { readonly copyOf: string } | { readonly folder: true };

/** A service: its registry values and its state. `disabledStart` is what a start answers with ERROR_SERVICE_DISABLED. */
export interface LabService {
  readonly displayName: string;
  readonly state: ServiceState;
  /** The registry's `Start`: 0 boot, 1 system, 2 automatic, 3 manual, 4 disabled. */
  readonly start: 0 | 1 | 2 | 3 | 4;
  /** The command line. */
  readonly path: string;
  readonly account?: string;
}

/** An account of the machine beside its administrator; not in `valid users` of its shares. Needs root. */
export interface LabUser {
  readonly name: string;
  readonly password: string;
  readonly state?: UserState;
}

export type UserState = 'normal' | 'disabled' | 'locked' | 'must-change';

export interface MachineSpec {
  /** Also its NetBIOS name, in upper case; at most 15 characters. */
  readonly name: string;
  /** One line for people: what is special about it. */
  readonly about?: string;
  readonly smb?: SmbOptions;
  /** The letter of its one drive, which Windows is on: C unless told. `onDrive` moves a machine's parts there. */
  readonly drive?: 'C' | 'D';
  /** Shares that exist, `c` of the drive whatever its letter; both unless told. */
  readonly shares?: { readonly c?: boolean; readonly admin?: boolean };
  /** The built-in administrator's password. */
  readonly password?: string;
  readonly users?: readonly LabUser[];
  readonly registry?: LabRegistry;
  /** By Windows path: `C:\Program Files\...`. */
  readonly files?: Readonly<Record<string, LabFile>>;
  /** By service name. `RemoteRegistry` is always there, running unless told. */
  readonly services?: Readonly<Record<string, LabService>>;
}

/** The administrator's name on every lab machine. */
export const ADMINISTRATOR = 'Administrator';
/** The administrator's password where a specification names none; obviously no secret. */
export const LAB_PASSWORD = 'fake-Passw0rd!';
