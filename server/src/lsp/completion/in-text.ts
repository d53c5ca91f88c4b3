/** What can be completed inside quotes: names to insert, folders of the target, hives. */
import type { IToken } from 'chevrotain';
import { STANDARD_VARIABLES } from '../../model/vocabulary.ts';
import * as T from '../../syntax/tokens.ts';
import type { BoundName } from './scope.ts';
import type { ValueKind } from './used-values.ts';

export interface TextCompletion {
  readonly label: string;
  readonly insert: string;
  readonly detail: string;
}

export interface TextCompletions {
  /** How many characters before the cursor are replaced. */
  readonly replace: number;
  readonly items: readonly TextCompletion[];
}

const HIVES: Readonly<Record<string, string>> = {
  HKLM: 'the machine',
  HKCR: 'file types and classes',
  HKCU: 'every user',
  HKU: 'the loaded hives of users',
  HKCC: 'the current hardware profile',
};

/** `typed` is the text from its quote to the cursor, `rest` what stands after the cursor. */
export function completeText(
  { before, typed, rest }: { before: readonly IToken[]; typed: string; rest: string },
  { names, used }: { names: readonly BoundName[]; used: (kind: ValueKind, typed: string) => readonly string[] },
): TextCompletions {
  const inserted = completeInsertion(typed, rest, names);
  if (inserted) return inserted;
  const hives = isKey(before) ? hivesFor(typed) : [];
  const kind = kindOfText(before);
  const values = kind ? used(kind, typed).map((label) => ({ label, insert: label, detail: kind })) : [];
  return { replace: typed.length, items: [...hives, ...values] };
}

/** Names after `${`, folders after `%`; undefined where neither is open. */
export function completeInsertion(
  typed: string,
  rest: string,
  names: readonly BoundName[],
): TextCompletions | undefined {
  const insertion = /\$\{([\w.-]*)$/.exec(typed);
  if (insertion) {
    const end = rest.startsWith('}') ? '' : '}';
    const items = names.map(({ name, origin }) => ({ label: name, insert: `${name}${end}`, detail: origin }));
    return { replace: insertion[1]?.length ?? 0, items };
  }
  const folder = /%([\w()]*)$/.exec(typed);
  // An even number of signs before it: this one opens.
  if (folder && (typed.slice(0, folder.index).split('%').length - 1) % 2 === 0) {
    const end = rest.startsWith('%') ? '' : '%';
    const items = STANDARD_VARIABLES.map((name) => ({ label: name, insert: `${name}${end}`, detail: 'folder' }));
    return { replace: folder[1]?.length ?? 0, items };
  }
  return undefined;
}

/** The hives that a key can begin with. */
export function hivesFor(typed: string): readonly TextCompletion[] {
  if (!/^\w*$/.test(typed)) return [];
  return Object.entries(HIVES).map(([label, detail]) => ({ label, insert: `${label}\\`, detail }));
}

/** What a text names, by the word before it. */
function kindOfText(before: readonly IToken[]): ValueKind | undefined {
  if (isKey(before)) return 'key';
  const last = before.at(-1)?.tokenType;
  if (last === T.K.service) return 'service';
  return last === T.K.value ? 'value' : undefined;
}

/** After `key`, or in the list of patterns of `keys` or `values`. */
function isKey(before: readonly IToken[]): boolean {
  const opener = before.findLast(({ tokenType }) => tokenType !== T.Text && tokenType !== T.Comma);
  return opener?.tokenType === T.K.key || /^(keys|values)$/i.test(opener?.image ?? '');
}
