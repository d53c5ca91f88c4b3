/** What a verb of the command line is: its help, its options, what it does. */

/** 0 fine, 1 findings, 2 wrong usage or configuration, 3 a machine could not be scanned, 4 an internal error. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

/** One option; `value` is what its help calls the value, and absent for a switch. */
export interface OptionSpec {
  readonly value?: string;
  /** May be given several times. */
  readonly many?: boolean;
  /** Takes every following argument up to the next option. */
  readonly greedy?: boolean;
  /** The values that there are. */
  readonly oneOf?: readonly string[];
  /** Names a file or folder: a UNC path is refused before anything opens it. */
  readonly path?: boolean;
  readonly help: string;
}

/** Options as they were given. */
export interface ParsedArguments {
  readonly has: (name: string) => boolean;
  /** The value of an option that is given once. */
  readonly one: (name: string) => string | undefined;
  readonly all: (name: string) => readonly string[];
  readonly positionals: readonly string[];
}

/** Everything a verb touches of its surroundings. */
export interface Surroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly readStdin: () => Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output is a terminal that shows colour. */
  readonly colour: boolean;
  /** Standard error is a terminal, so progress may be drawn on it. */
  readonly progress: boolean;
  /** Asks the user and gives the answer; absent where nobody sits at a terminal. */
  readonly ask?: (question: string) => Promise<string>;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
}

export interface Verb {
  readonly summary: string;
  /** After the verb: `[PATH...]`. */
  readonly arguments?: string;
  readonly positionals?: { readonly many: boolean; readonly path: boolean };
  readonly description: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  readonly examples: readonly string[];
  readonly run: (args: ParsedArguments, io: Surroundings) => Promise<ExitCode>;
}

/** Wrong usage or configuration: its message is for the user, and the command ends with 2. */
export class UsageError extends Error {}

const GRAVEST: readonly ExitCode[] = [4, 2, 3, 1];

/** Of several exit codes the gravest: 4, 2, 3, 1. */
export function gravest(codes: readonly ExitCode[]): ExitCode {
  return GRAVEST.find((code) => codes.includes(code)) ?? 0;
}
