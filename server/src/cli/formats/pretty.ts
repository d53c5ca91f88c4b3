/** For people: each finding with its line, and a summary. */
import type { Content } from '../../model/content.ts';
import { plural } from '../plural.ts';
import type { CheckReport } from './format.ts';

/** Findings with their source lines, then what was checked. */
export function pretty({ list, files, contents, style }: CheckReport): string {
  const sum = (sizeOf: (content: Content) => number): number =>
    contents.reduce((total, each) => total + sizeOf(each), 0);
  const checked = [
    plural(files.length, 'file'),
    plural(
      sum(({ products }) => products.size),
      'product',
    ),
    plural(
      sum(({ patches }) => patches.size),
      'patch',
      'patches',
    ),
  ];
  const lesser = [
    list.count('information') > 0 ? `${list.count('information')} information` : [],
    list.count('hint') > 0 ? plural(list.count('hint'), 'hint') : [],
  ].flat();
  const found = [plural(list.count('error'), 'error'), plural(list.count('warning'), 'warning'), ...lesser];
  return `${list.pretty(style)}${checked.join(', ')}: ${found.join(', ')}\n`;
}
