/** What kinds of values a reading can give. More than it ever gives is allowed, less is not. */
import type { Source, Step, Thing } from '../../model/content.ts';

/** `soft` is text that is meant as a version; `there` is a thing that is either there or not. */
export type ValueKind = 'text' | 'soft' | 'number' | 'version' | 'date' | 'there';

const kinds = (...all: readonly ValueKind[]): ReadonlySet<ValueKind> => new Set(all);
const TEXT = kinds('text');

/** What a value of unknown origin can be. */
export const ANY_KIND = kinds('text', 'soft', 'number', 'version', 'date');

/** The kinds of a reading with its steps. */
export function kindsOf(source: Source | Thing, steps: readonly Step[]): ReadonlySet<ValueKind> {
  const last = steps.at(-1);
  if (last === undefined) return kindsOfSource(source);
  if (last.kind !== 'as') return TEXT;
  switch (last.conversion) {
    case 'version':
      return kinds('version');
    case 'number':
      return kinds('number');
    case 'date':
      return kinds('date');
    default:
      return TEXT;
  }
}

function kindsOfSource(source: Source | Thing): ReadonlySet<ValueKind> {
  switch (source.kind) {
    case 'value':
      return kinds('text', 'number');
    case 'element-value':
      return kinds('text', 'number', 'soft');
    case 'file':
      switch (source.property) {
        case 'version':
          return kinds('version', 'soft');
        case 'product-version':
          return kinds('soft');
        case 'size':
          return kinds('number');
        case 'modified':
          return kinds('date');
        default:
          return TEXT;
      }
    case 'folder':
      return kinds('date');
    case 'service':
    case 'thing-service':
      return TEXT;
    case 'name':
      if (source.name.base.toLowerCase() === 'windows') return kindsOfWindows(source.name.member);
      return source.name.member === undefined && source.name.base.toLowerCase() === 'version'
        ? kinds('version')
        : ANY_KIND;
    case 'thing-key':
    case 'thing-file':
    case 'thing-folder':
    case 'thing-msi':
    case 'thing-hotfix':
      return kinds('there');
    case 'msi':
    case 'literal':
      return ANY_KIND;
  }
}

const NUMBERS = new Set(['build', 'revision', 'service-pack', 'bits']);

function kindsOfWindows(member: string | undefined): ReadonlySet<ValueKind> {
  if (member === 'version') return kinds('version');
  return member !== undefined && NUMBERS.has(member) ? kinds('number') : ANY_KIND;
}

/** Whether a value may be a list of texts. */
export function mayBeList(source: Source | Thing, steps: readonly Step[]): boolean {
  if (steps.length > 0) return false;
  if (source.kind === 'name') return source.name.base.toLowerCase() !== 'windows' && kindsOfSource(source).size > 1;
  return source.kind === 'value' || source.kind === 'element-value' || source.kind === 'msi';
}
