/** What the findings of rules in one file depend on, as a short text: where it is the same, they are. */
import type { ByRule } from '../lint/by-file.ts';
import type { ContentIndex } from '../model/content-index.ts';
import { Named } from './closed/named.ts';
import { fingerprint, Summary } from './closed/summary.ts';

/** What rules found in a file, and under which circumstances. */
export interface KeptLint {
  readonly key: string;
  readonly found: ByRule;
}

type Index = Pick<ContentIndex, 'headOf' | 'closedOf' | 'textOf' | 'names' | 'isSound' | 'spelled' | 'usedBy'>;

/**
 * Its text, which of its declarations may judge, how the products that it names are spelled, and what it uses of other files.
 * The day counts where something in it was released later.
 */
export function lintKey(index: Index, file: string, today: string): string {
  const { names } = index;
  const head = index.headOf(file);
  const closed = index.closedOf(file);
  const parts = [closed instanceof Summary && closed.lastDay <= today ? '' : today, textOf(index, file)];
  const bit = (is: boolean): string => (is ? '1' : '0');
  for (const { kind, id } of head?.declared ?? []) {
    const first = names.first(kind, id.toLowerCase());
    if (first) parts.push(bit(index.isSound(first)), first.entry.file === file ? '' : textOf(index, first.entry.file));
  }
  for (const name of head?.names ?? []) parts.push(index.spelled(name) ?? '');
  const { products, checks } = index.usedBy(file);
  for (const one of [...products, ...checks]) {
    const { id, ordinal } = one.head;
    parts.push(id, String(ordinal), bit(index.isSound(one)), textOf(index, one.entry.file));
  }
  return fingerprint(parts.join('\n'));
}

function textOf(index: Index, file: string): string {
  const closed = index.closedOf(file);
  return closed instanceof Summary || closed instanceof Named
    ? closed.fingerprint
    : fingerprint(index.textOf(file) ?? '');
}
