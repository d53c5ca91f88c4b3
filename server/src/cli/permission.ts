/** Asking the user whether a credential may go somewhere, and remembering a yes outside every workspace. */
import { addAllowances, allowancesFile, areAllowed, readAllowances, type Allowance } from './allowances.ts';
import { UsageError, type Surroundings } from './verb.ts';

export interface Permission {
  /** What it is about, shown before the question. */
  readonly lines: readonly string[];
  readonly question: string;
  readonly allowances: readonly Allowance[];
  /** What to do where nobody can be asked. */
  readonly instead: string;
}

/** Tells of allowances whether the user has given all of them before. */
export async function isAllowedAlready(io: Surroundings): Promise<(wanted: readonly Allowance[]) => boolean> {
  const list = await readAllowances(allowancesFile(io.env));
  return (wanted) => areAllowed(wanted, list);
}

/** Asks; a yes is kept, everything else ends the command with a UsageError. */
export async function requireAllowed(
  io: Surroundings,
  { lines, question, allowances, instead }: Permission,
): Promise<void> {
  io.err(`${lines.join('\n')}\n`);
  if (!io.ask) throw new UsageError(instead);
  const answer = await io.ask(question);
  if (!/^\s*y(es)?\s*$/i.test(answer)) throw new UsageError('Not allowed, so nothing was scanned.');
  await addAllowances(allowancesFile(io.env), allowances);
}
