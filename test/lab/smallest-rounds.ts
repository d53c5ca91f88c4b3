/** The smallest number of round trips that compounding and pipelining allow, worked out by hand: what is measured stands beside it. */

/** Pipes to the registry at once; each takes one call at a time. */
const PIPES = 16;
/** A further pipe: opened, bound, HKLM opened. */
const PIPE_READY = 3;

/** What no scan can do without before it reads for its content, each waiting for the one before. */
export const BEFORE_CONTENT = {
  'connect, negotiate, two rounds of logon, both trees at once': 1 + 1 + 2 + 1,
  'a pipe to the server service, bound, asked for the path of ADMIN$': 3,
  'a pipe to the registry, bound, HKLM opened': PIPE_READY,
  'further pipes for what identifies Windows, a key opened, a value read': PIPE_READY + 2,
  'system files: head, then resources': 2,
} as const;

/** The sum of what waits for one another. */
export const total = (parts: Readonly<Record<string, number>>): number =>
  Object.values(parts).reduce((sum, one) => sum + one, 0);

/** Registry calls over all pipes: an open of a key, a read of a value, a count of subkeys or one name of them are a call each. */
export const overPipes = (calls: number): number => Math.ceil(calls / PIPES);

/** The same where one pipe is ready and the others are yet to be opened. */
export const overPipesFromOne = (calls: number): number => Math.ceil((calls + (PIPES - 1) * PIPE_READY) / PIPES);

/** A version: head, then resources. All files overlap. */
export const VERSIONS = 2;

/** How a measurement stands to the smallest number. */
export function besideSmallest(measured: number, smallest: number): string {
  return `${measured}, smallest ${smallest}: ${(measured / smallest).toFixed(2)} times`;
}
