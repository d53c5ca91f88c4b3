/** Keys and paths as written: where they begin, and that they do not lead away from the machine. */
import { closest } from '../../syntax/suggest.ts';
import type { Leaf } from '../../syntax/tree.ts';
import type { Template } from '../content.ts';
import { fail, type Lowering, type Scope } from './context.ts';
import { lowerText, spanOf } from './text.ts';

/** Hives by the names that content may use. */
export const HIVES: Readonly<Record<string, string>> = {
  ...{ HKLM: 'HKLM', HKCR: 'HKCR', HKU: 'HKU', HKCC: 'HKCC', HKCU: 'HKCU' },
  HKEY_LOCAL_MACHINE: 'HKLM',
  HKEY_CLASSES_ROOT: 'HKCR',
  HKEY_USERS: 'HKU',
  HKEY_CURRENT_CONFIG: 'HKCC',
  HKEY_CURRENT_USER: 'HKCU',
};

/** Each part with a wildcard multiplies what has to be read: by the fourth it is most of the machine. */
const MOST_WILDCARDS = 3;
const MANY_WILDCARDS = `More than ${MOST_WILDCARDS} parts of this have a wildcard: it would read most of the machine. Write the parts that are known.`;

const hasManyWildcards = ({ parts }: Template): boolean =>
  parts
    .map((part) => (part.kind === 'text' ? part.text : ''))
    .join('')
    .split('\\')
    .filter((part) => part === '**' || /[*?]/.test(part.replace(/\*\*|\?\?/g, ''))).length > MOST_WILDCARDS;

/** Of a path or key in a reading, which is of one thing: a doubled wildcard is the character in a key, and none in a path. */
export function isOfOne({ parts }: Template, kind: 'key' | 'path'): boolean {
  const texts = parts.map((part) => (part.kind === 'text' ? part.text : ''));
  return texts.every((text) => !/[*?]/.test(kind === 'key' ? text.replace(/\*\*|\?\?/g, '') : text));
}

/** A registry key's text. It begins with a hive, or with an inserted path. */
export function lowerKey(context: Lowering, scope: Scope, leaf: Leaf): Template | undefined {
  const template = lowerText(context, scope, leaf);
  const first = template.parts[0];
  if (hasManyWildcards(template)) return fail(context, 'bad-path', spanOf(leaf), { message: MANY_WILDCARDS });
  if (first?.kind === 'name') return template;
  const hive = first?.kind === 'text' ? (first.text.split('\\')[0] ?? '') : '';
  if (HIVES[hive.toUpperCase()] !== undefined) return template;
  const known = ['HKLM', 'HKCR', 'HKU', 'HKCC', 'HKCU'];
  const meant = closest(hive, hive.length > 5 ? Object.keys(HIVES) : known);
  const start = leaf.startOffset + 1;
  const isWritten = leaf.image.slice(1, 1 + hive.length) === hive;
  return fail(context, 'bad-path', spanOf(leaf), {
    message: `A key begins with a hive (${known.join(', ')}).${meant === undefined ? '' : ` Did you mean \`${meant}\`?`}`,
    ...(meant !== undefined &&
      isWritten && { fix: { title: `Change to \`${meant}\``, text: meant, at: { start, end: start + hive.length } } }),
  });
}

/** A file's or folder's path: on a drive, in a folder of the target, or below an inserted path. */
export function lowerPath(context: Lowering, scope: Scope, leaf: Leaf): Template | undefined {
  const template = lowerText(context, scope, leaf);
  const first = template.parts[0];
  const texts = template.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  const refuse = (message: string) => fail(context, 'bad-path', spanOf(leaf), { message });
  if (first?.kind === 'text' && /^[\\/]{2}/.test(first.text)) {
    return refuse(
      'This path leads to another machine, or around the file system. A path stays on the machine: begin with a drive or a folder such as `%ProgramFiles%`.',
    );
  }
  if (hasManyWildcards(template)) return refuse(MANY_WILDCARDS);
  if (texts.some((text) => /(^|[\\/])\.\.($|[\\/])/.test(text))) {
    return refuse('A path does not go up with `..`: use `as folder` on the path instead.');
  }
  if (first !== undefined && (first.kind !== 'text' || /^[A-Za-z]:[\\/]/.test(first.text))) return template;
  return refuse(
    'A path begins with a drive (`C:\\`), a folder of the machine (`%ProgramFiles%`) or an inserted path (`${location}`).',
  );
}
