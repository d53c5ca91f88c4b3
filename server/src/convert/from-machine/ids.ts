/** Ids of declarations that are made of names of a machine. */
import { RESERVED_WORDS } from '../../syntax/tokens.ts';

const RESERVED: ReadonlySet<string> = new Set(RESERVED_WORDS);
const MOST_WORDS = 4;
/** An id begins with a letter. */
const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** An id that nobody has: `Example Viewer` gives `example.viewer`, `7-Zip` gives `seven.zip`. */
export function freeId(name: string, isTaken: (id: string) => boolean, fallback = 'product'): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, ' ')
    .trim()
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
  const first = DIGITS[/^\d$/.test(words[0] ?? '') ? Number(words[0]) : -1];
  const joined = (first === undefined ? words : [first, ...words.slice(1)]).join('.').slice(0, 60).replace(/\.+$/, '');
  const begun = /^[a-z_]/.test(joined) ? joined : `${fallback}${joined === '' ? '' : '.'}${joined}`;
  const id = RESERVED.has(begun) || /^kb\d+$/.test(begun) ? `${begun}.${fallback}` : begun;
  const isFree = (one: string): boolean => !isTaken(one) && !RESERVED.has(one);
  if (isFree(id)) return id;
  for (let number = 2; ; number++) if (isFree(`${id}-${number}`)) return `${id}-${number}`;
}
