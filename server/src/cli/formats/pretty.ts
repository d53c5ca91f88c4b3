/** For people: each finding with its line, and a summary. */
import { plural } from '../plural.ts';
import type { CheckReport } from './format.ts';

/** Findings with their source lines, then what was checked. */
export function pretty({ list, files, content, style }: CheckReport): string {
  return (
    list.pretty(style) +
    `${plural(files.length, 'file')}, ${plural(content.products.size, 'product')}, ` +
    `${plural(content.patches.size, 'patch', 'patches')}: ` +
    `${plural(list.count('error'), 'error')}, ${plural(list.count('warning'), 'warning')}\n`
  );
}
