/** From arguments to an exit code. */
import { inert } from '../results/report/inert.ts';
import { parseArguments } from './arguments.ts';
import { closest } from '../syntax/suggest.ts';
import { commandHelp, verbHelp } from './help.ts';
import { loadVerbs, VERBS } from './registry.ts';
import { UsageError, type ExitCode, type Surroundings, type Verb } from './verb.ts';
import { VERSION } from './version.ts';

/** Runs the command. Never rejects: an internal error is told with a request to report it, and ends with 4. */
export async function run(args: readonly string[], io: Surroundings): Promise<ExitCode> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`patchlab: ${inert(error.message)}\n`);
      return 2;
    }
    if (io.signal.aborted) {
      io.err('patchlab: cancelled\n');
      return 3;
    }
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.err(`patchlab: internal error. Please report this, with the command and the lines below.\n${told}\n`);
    return 4;
  }
}

async function dispatch(args: readonly string[], io: Surroundings): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === '--version') {
    io.out(`${VERSION}\n`);
    return 0;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    io.out(commandHelp(await loadVerbs(), VERSION));
    return 0;
  }
  if (name === undefined) {
    io.err(commandHelp(await loadVerbs(), VERSION));
    return 2;
  }
  const verbs: Readonly<Record<string, () => Promise<Verb>>> = VERBS;
  const verb = Object.hasOwn(verbs, name) ? await verbs[name]?.() : undefined;
  if (!verb) {
    const near = closest(name, Object.keys(VERBS));
    const hint = near === undefined ? 'patchlab --help lists them' : `did you mean ${near}?`;
    throw new UsageError(`There is no verb "${name}": ${hint}`);
  }
  const before = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  if (before.includes('--help') || before.includes('-h')) {
    io.out(verbHelp(name, verb));
    return 0;
  }
  return verb.run(parseArguments(verb, rest), io);
}
