/** Verdicts, traces and what evaluation needs of a target. */
import type { Location } from '../model/source.ts';
import type { Observation, ObservationRequest } from '../model/observation.ts';

export type Verdict = 'true' | 'false' | 'unknown';

/** Why a verdict is what it is: a tree with a node for each check and each block. Plain data, part of the result document. */
export interface Trace {
  /** The check as written, on one line. */
  readonly check: string;
  readonly verdict: Verdict;
  readonly at?: Location;
  /** What the check wanted, in words: `>= 24.7`. */
  readonly expected?: string;
  /** What was seen, in words: `21.7.0.0`, `absent`, `unreadable: access denied`. */
  readonly observed?: string;
  /** Where it was seen: `version of C:\Program Files\7-Zip\7z.exe`. */
  readonly source?: string;
  /** Why it is unknown, or what decided a block. */
  readonly reason?: string;
  readonly children?: readonly Trace[];
}

export type OsRole = 'workstation' | 'server' | 'domain-controller';
export type OsArchitecture = 'x86' | 'x64' | 'arm64';

/** Step 4's answer. Members are `null` where the machine does not say. */
export interface OperatingSystem {
  /** `Windows 10 22H2`, as Patchlab names it: build and role decide, never ProductName. */
  readonly name: string;
  /** Names of language.md section 5 that this machine bears: `windows`, `windows-10`, `windows-10-22h2`. */
  readonly names: readonly string[];
  /** major.minor.build.revision; the revision is 0 before Windows 10. */
  readonly version: string;
  readonly build: number;
  readonly ubr: number | null;
  /** `22H2`, `1809`. */
  readonly release: string | null;
  readonly servicePack: number;
  readonly edition: string | null;
  readonly role: OsRole;
  readonly architecture: OsArchitecture;
  /** A BCP 47 tag. */
  readonly language: string | null;
  /** Tags of all languages that it can be shown in, sorted; absent in results of before these were told. */
  readonly languages?: readonly string[];
  readonly installation: 'client' | 'server' | 'core' | 'nano' | null;
}

/** What evaluation knows of a machine before the first check. */
export interface Target {
  readonly os: OperatingSystem;
  /** `%Name%` without the percent signs, in lower case, to its value: `programfiles` -> `C:\Program Files`. */
  readonly variables: ReadonlyMap<string, string>;
  /** Ages are measured against this: the time of the scan, or of the recording. */
  readonly now: Date;
}

/** What has been observed so far; `undefined` where nobody asked yet. */
export interface Observations {
  get(request: ObservationRequest): Observation | undefined;
}

/** A pure step: finished, or in want of observations. Call again with them; the same arguments give the same answer. */
export type Outcome<T> =
  { readonly done: true; readonly value: T } | { readonly done: false; readonly needed: readonly ObservationRequest[] };
