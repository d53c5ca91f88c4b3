/** What a scan is told: content, the machine, and how far to go. */
import type { Content } from '../model/content.ts';
import type { LogonTurn } from '../machine/live/live.ts';
import type { Machine } from '../machine/port.ts';
import type { ChangeOptions } from './changes/changes.ts';
import type { ScanResult } from './result.ts';
import type { TemplateChoice } from './template/template.ts';
import type { StepOutcome } from './steps/outcome.ts';
import type { NameServices, ResolvedMachine } from './steps/resolve.ts';

/** What is scanned although supersedence would spare it. */
export type Include = 'superseded' | 'effectively-installed';

/** A user as Windows writes it, and the password. Lives in memory alone: no document, log or trace ever has it. */
export interface Credential {
  /** `NAME`, `DOMAIN\NAME` or `NAME@DOMAIN`. */
  readonly user: string;
  readonly password: string;
}

export type ScanTarget =
  /** A live machine, as `HOST`, `HOST:PORT` or `[IPv6]:PORT`. */
  | {
      readonly kind: 'machine';
      readonly machine: string;
      readonly credential: Credential;
      /** Where the machine was found already, or why not: step 1 asks nobody again. */
      readonly resolved?: StepOutcome<ResolvedMachine>;
    }
  /** A recorded machine: the path of its snapshot. */
  | { readonly kind: 'snapshot'; readonly path: string };

/** What a running scan says of itself. */
export interface Progress {
  readonly step: number;
  readonly steps: number;
  /** The step's name: `resolve`, `share`, ... */
  readonly name: string;
  /** What is being done, for a person: `Detecting products (120 read)`. */
  readonly message: string;
}

export interface ScanOptions {
  readonly target: ScanTarget;
  readonly content: Content;
  readonly include?: ReadonlySet<Include>;
  /** What a scan template leaves out is neither looked for nor judged. */
  readonly template?: TemplateChoice;
  /** Drops the result into an arrivals folder (results/arrivals.ts); without it step 7 is skipped. Rejects where it cannot. */
  readonly deliver?: (result: ScanResult) => Promise<unknown>;
  /** Keeps the traces of every verdict; without it those of missing, unknown and warned patches stay. */
  readonly trace?: boolean;
  /** Records what was observed; called once with the snapshot's text when the machine was reached. */
  readonly onRecording?: (snapshot: string) => void;
  /**
   * Given what was observed, to be judged anew by `judgeAgain` (scan/kept.ts); called once, and only where steps 4 to 6
   * came to their end.
   */
  readonly onKept?: (machine: Machine) => void;
  readonly onProgress?: (progress: Progress) => void;
  /** Told what was done and asked, a line at a time, without what was answered: values can be secrets. */
  readonly onLog?: (line: string) => void;
  /** Told of changes that could not be undone, also where the scan is cancelled. */
  readonly onLeft?: (text: string) => void;
  readonly signal?: AbortSignal;
  /** Where names are looked up, besides the system's name service. */
  readonly nameServices?: NameServices;
  /**
   * The user has allowed the credential for a machine that only NetBIOS knows. Anyone on the network can answer for a name
   * there, so without this the scan ends in step 1.
   */
  readonly trustNetbios?: boolean;
  /** In a scan of several machines: lets them log on one after another (logon-turns.ts). */
  readonly logonTurn?: LogonTurn;
  /** What may be changed on the machine for the time of the scan; without it nothing is. */
  readonly changes?: ChangeOptions;
  /** For the whole scan, milliseconds. */
  readonly deadline?: number;
  /** For each request, milliseconds. */
  readonly requestTimeout?: number;
}
