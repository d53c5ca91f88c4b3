/** Machines, groups, templates and credentials' names of patchlab.json; tests of a connection, and scans of groups. */
import type { FailedStep, FoundMachine } from './scan.ts';

/** A place in patchlab.json, counted from 0. */
export interface ConfigurationPlace {
  readonly line: number;
  readonly character: number;
}

/** A group without its members: those are asked for when someone looks. */
export interface GroupRow extends ConfigurationPlace {
  readonly name: string;
  readonly hosts: number;
  /** How many addresses its ranges have together. */
  readonly addresses: number;
  readonly ranges: readonly string[];
  /** Domains and organizational units. */
  readonly places: readonly string[];
  readonly groups: readonly string[];
  /** In no other group. */
  readonly isTop: boolean;
}

/** A filter of a template, each kind as it is written. */
export type FilterRow = Readonly<Record<string, readonly string[]>>;

export interface TemplateRow extends ConfigurationPlace {
  readonly name: string;
  readonly scan: FilterRow;
  readonly skip: FilterRow;
  readonly include: readonly string[];
}

export interface ConfigurationRow {
  /** Of its patchlab.json, whether that is there or not. */
  readonly uri: string;
  /** The name of the workspace folder. */
  readonly folder: string;
  readonly state: 'none' | 'read' | 'broken';
  /** What is wrong with a broken one. */
  readonly problem?: ConfigurationPlace & { readonly message: string };
  readonly groups: readonly GroupRow[];
  readonly templates: readonly TemplateRow[];
  readonly credentials: readonly { readonly name: string; readonly user: string }[];
}

export interface ConfigurationsParams {
  /** The patchlab.json of each workspace folder, by the folder's name. */
  readonly folders: readonly { readonly uri: string; readonly name: string }[];
}

/** Gives a ConfigurationRow for each folder. */
export const CONFIGURATIONS_REQUEST = 'patchlab/configurations';

export interface GroupMembersParams {
  readonly uri: string;
  readonly group: string;
}

/** A host as its group has it. */
export interface GroupMember extends ConfigurationPlace {
  /** As it is written. */
  readonly text: string;
  /** `HOST` or `HOST:PORT`, with the port that the group gives it. */
  readonly machine: string;
  /** Its position in `hosts`. */
  readonly index: number;
  readonly credential?: string;
}

/** Gives the GroupMembers that the group itself names. */
export const GROUP_MEMBERS_REQUEST = 'patchlab/groupMembers';

export interface LocateParams extends GroupMembersParams {
  readonly token: string;
  /** Of the group this machine alone, as `HOST` or `HOST:PORT`; a host whose port is another now is found as well. */
  readonly machine?: string;
}

/** A machine that was found, and what patchlab.json wants for it. No credential has gone anywhere. */
export interface LocatedRow extends FoundMachine {
  readonly machine: string;
  readonly host: string;
  readonly port: number;
  readonly origins: readonly string[];
  /** The name of a credential in patchlab.json, with its user there. */
  readonly credential?: { readonly name: string; readonly user: string };
}

export interface LocateReply {
  readonly machines: readonly LocatedRow[];
  readonly failures: readonly { readonly machine: string; readonly failed: FailedStep }[];
  readonly warnings: readonly string[];
  /** How many addresses of ranges did not answer. */
  readonly silent: number;
}

/** Finds the machines of a group. */
export const LOCATE_REQUEST = 'patchlab/locate';

/** A directory that a group needs the answer of, and that wants a credential: asked by the server. */
export interface DirectoryLogonParams {
  readonly uri: string;
  readonly group: string;
  readonly directory: string;
  readonly host: string;
  readonly port: number;
  readonly address: string;
  readonly security: string;
  /** What it is trusted by: another authority asks again. */
  readonly trust: string;
  readonly credential?: { readonly name: string; readonly user: string };
}

/** Gives `{ user, password }`, or `null` where the user does not want to. */
export const DIRECTORY_LOGON_REQUEST = 'patchlab/directoryLogon';

/** A user with the password: in memory alone. */
export interface LogonCredential {
  readonly user: string;
  readonly password: string;
}

export interface TestConnectionParams {
  readonly token: string;
  /** `HOST` or `HOST:PORT`. */
  readonly machine: string;
  /** Where it was found already. */
  readonly found?: FoundMachine;
  readonly credential?: LogonCredential;
}

/** One step of the test of a connection; every text of it is inert. */
export interface ConnectionStep {
  readonly token: string;
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed' | 'not tested';
  readonly said: string;
  /** The code of the scan's error, where it has one. */
  readonly code?: string;
  readonly remedy?: string;
  /** A command that shows the same without Patchlab. */
  readonly command?: string;
  /** What the system's own program printed. */
  readonly output?: string;
}

/** Tells each step by CONNECTION_STEP; gives whether the machine can be scanned as far as that was tested. */
export const TEST_CONNECTION_REQUEST = 'patchlab/testConnection';
export const CONNECTION_STEP = 'patchlab/connectionStep';

export interface GroupScanParams {
  readonly token: string;
  readonly machines: readonly {
    readonly machine: string;
    readonly found: FoundMachine;
    readonly credential: LogonCredential;
  }[];
  readonly template?: { readonly uri: string; readonly name: string };
  /** The patchlab.json whose arrivals take the results. */
  readonly uri?: string;
}

/** One machine of a group scan has come to its end. */
export interface MachineScanned {
  readonly token: string;
  readonly machine: string;
  readonly done: number;
  readonly of: number;
  readonly products: number;
  readonly missing: number;
  readonly unknown: number;
  readonly failed: FailedStep | null;
  readonly loggedOn: boolean;
}

export interface GroupScanReply {
  /** Machines that were not begun: a user was refused. */
  readonly left: readonly string[];
}

/** Tells each machine by MACHINE_SCANNED. */
export const GROUP_SCAN_REQUEST = 'patchlab/scanGroup';
export const MACHINE_SCANNED = 'patchlab/machineScanned';

/** A change of the configuration at a path of names and positions. */
export type ConfigurationChange =
  | { readonly kind: 'set' | 'append'; readonly path: readonly (string | number)[]; readonly value: unknown }
  | { readonly kind: 'remove'; readonly path: readonly (string | number)[] };

export interface ChangeConfigurationParams {
  /** The text as the editor has it now. */
  readonly text: string;
  readonly change: ConfigurationChange;
}

/** Offsets in UTF-16 code units; or a sentence that says why it cannot be made. */
export type ChangeConfigurationReply =
  | { readonly edit: { readonly start: number; readonly end: number; readonly text: string } }
  | { readonly problem: string };

export const CHANGE_CONFIGURATION_REQUEST = 'patchlab/changeConfiguration';
