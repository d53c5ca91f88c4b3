/** The digest of a result document: it tells two documents with one scan id apart. It proves no origin. */
import { createHash } from 'node:crypto';

/**
 * `sha256:` and the hexadecimal SHA-256 of the document as compact JSON, its members in their order and its own `digest`
 * member left out. So blanks and line ends of the file do not count, and everything else does.
 */
export function digestOf(document: object): string {
  const rest = Object.fromEntries(Object.entries(document).filter(([name]) => name !== 'digest'));
  return `sha256:${createHash('sha256').update(JSON.stringify(rest)).digest('hex')}`;
}
