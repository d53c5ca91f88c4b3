/** What the value of an attribute can be: the words of the language, names of both kinds of file, what content uses already. */
import {
  COLLECTIONS,
  CONVERSIONS,
  FILE_PROPERTIES,
  FOLDER_PROPERTIES,
  MSI_PROPERTIES,
  SERVICE_PROPERTIES,
  SERVICE_STARTS,
  SERVICE_STATES,
  WINDOWS_MEMBERS,
} from '../../../model/vocabulary.ts';
import type { Declarations } from '../../../model/declarations.ts';
import { attributeOf, type XmlElement } from '../../../patchxml/document.ts';
import { valueOf } from '../../../patchxml/entities.ts';
import { NAMESPACE, OPERATORS } from '../../../patchxml/schema.ts';
import { completeInsertion, hivesFor } from '../../completion/in-text.ts';
import type { BoundName } from '../../completion/scope.ts';
import type { ValueKind } from '../../completion/used-values.ts';
import {
  declared,
  members,
  METADATA_VALUES,
  toWord,
  values,
  windowsWords,
  without,
  type Word,
} from '../../completion/words.ts';
import { metadataOf } from '../describe.ts';
import { typeNamed, type Typed } from '../types.ts';
import type { XmlPlace } from './place.ts';

type ValuePlace = Extract<XmlPlace, { kind: 'value' }>;

/** What values are chosen from. */
export interface ValueContext {
  readonly content: Declarations;
  readonly names: () => readonly BoundName[];
  readonly used: (kind: ValueKind, typed: string) => readonly string[];
}

/** One value; `insert` is meant, not spelled. */
export interface Value extends Word {
  readonly insert?: string;
}

export interface Values {
  /** How many characters before the cursor are replaced. */
  readonly replace: number;
  readonly values: readonly Value[];
}

/** The values that fit. */
export function valuesAt(place: ValuePlace, context: ValueContext): Values {
  const { attribute, typed, rest } = place;
  const inner = place.around.at(-1);
  if (!inner) return { replace: 0, values: [] };
  const { type = '' } = inner;
  if (isText(type, attribute)) {
    const inserted = completeInsertion(typed, rest.slice(0, 1), context.names());
    if (inserted) {
      return { replace: inserted.replace, values: inserted.items.map((one) => ({ kind: 'name', ...one })) };
    }
  }
  if (metadataOf(type).includes(attribute) && attribute !== 'vendor' && attribute !== 'family') {
    // Of several values the last is being typed.
    const last = /[^\s,]*$/.exec(typed)?.[0] ?? '';
    return { replace: last.length, values: metadata(attribute, last, context) };
  }
  const meant = valueOf(typed);
  return { replace: typed.length, values: valuesOf({ ...place, typed: meant }, inner, context) };
}

/** Texts with insertions: not those that are shown to people. */
function isText(type: string, attribute: string): boolean {
  const is = typeNamed(type)?.attributes[attribute]?.is;
  return (is === 'text' || is === 'literal') && !['title', 'why', 'xmlns'].includes(attribute) && type !== 'warn';
}

function metadata(attribute: string, typed: string, { used }: ValueContext): readonly Value[] {
  if (attribute === 'kb') return usedValues(used('kb', typed), 'kb');
  return values(METADATA_VALUES[attribute] ?? [], attribute);
}

const usedValues = (found: readonly string[], detail: string): readonly Value[] =>
  found.map((label) => ({ label, kind: 'value', detail }));

const YES = values(['true'], 'yes');

function valuesOf(place: ValuePlace, { element, type = '' }: Typed, context: ValueContext): readonly Value[] {
  const { attribute, typed } = place;
  const { content, used } = context;
  if (Object.hasOwn(OPERATORS, attribute) || ['fixed', 'from', 'reaches'].includes(attribute))
    return usedValues(used('version', typed), 'version');
  switch (attribute) {
    case 'ref':
      return references(place, type, content);
    case 'kb':
      return usedValues(used('kb', typed), 'kb');
    case 'of':
      return boundNames(typed, context.names());
    case 'name':
      if (type === 'one-per') return context.names().map(toWord);
      return element.name === 'service' ? usedValues(used('service', typed), 'service') : [];
    case 'path':
      return element.name === 'key' ? keys(typed, used) : [];
    case 'pattern':
      return isOfKeys(element) ? keys(typed, used) : [];
    case 'text': {
      const parent = place.around.at(-2)?.element;
      return type === 'pattern' && parent && isOfKeys(parent) ? keys(typed, used) : [];
    }
    case 'value':
      return element.name === 'key' || element.name === 'name' ? usedValues(used('value', typed), 'value') : [];
    default:
      return words(attribute, element, type);
  }
}

function references({ typed, around }: ValuePlace, type: string, content: Declarations): readonly Word[] {
  const context = { content, typed };
  const own = around.map(({ element }) => attributeOf(element, 'id')?.raw.trim() ?? '');
  switch (type) {
    case 'windows':
      return windowsWords();
    case 'fixedProduct':
    case 'useProduct':
      return declared(context, 'products');
    case 'useCheck':
      return declared(context, 'checks');
    case 'supersedes':
    case 'superseded-by':
      return without(declared(context, 'bulletins', 'patches'), own);
    default:
      return [];
  }
}

function boundNames(typed: string, names: readonly BoundName[]): readonly Word[] {
  const windows: BoundName = { name: 'windows', origin: 'the machine’s Windows' };
  return [...names.map(toWord), toWord(windows), ...members(typed, names)];
}

const isOfKeys = (element: XmlElement): boolean => /^\s*(keys|values)\s*$/.test(attributeOf(element, 'in')?.raw ?? '');

function keys(typed: string, used: ValueContext['used']): readonly Value[] {
  const hives = hivesFor(typed).map(({ label, insert, detail }): Value => ({ label, insert, detail, kind: 'value' }));
  return [...hives, ...usedValues(used('key', typed), 'key')];
}

const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  file: FILE_PROPERTIES,
  folder: FOLDER_PROPERTIES,
  service: SERVICE_PROPERTIES,
  msi: MSI_PROPERTIES,
};

function words(attribute: string, element: XmlElement, type: string): readonly Word[] {
  switch (attribute) {
    case 'in':
      return values(COLLECTIONS, 'collection');
    case 'view':
      return values(['32', '64', 'both'], 'view');
    case 'to':
      return values(CONVERSIONS, 'conversion');
    case 'property':
      return (PROPERTIES[element.name] ?? []).map((label) => ({ label, kind: 'property' }));
    case 'is':
    case 'is-not':
      return values(states(element, type), 'state');
    case 'values':
      return values(['any', 'all'], 'of a list');
    case 'otherwise':
      return values(['true', 'false'], 'where no row covers the version');
    case 'exists':
    case 'if-present':
    case 'newer':
      return YES;
    case 'xmlns':
      return values([NAMESPACE], 'namespace');
    default:
      return [];
  }
}

/** The states of what is asked. */
function states(element: XmlElement, type: string): readonly string[] {
  if (type === 'useProduct') return ['installed'];
  const property = attributeOf(element, 'property')?.raw.trim();
  if (element.name === 'service') {
    if (property === 'start') return SERVICE_STARTS;
    if (property === undefined || property === 'state') return [...SERVICE_STATES, 'absent', 'unknown'];
  }
  if ((element.name === 'hotfix' || element.name === 'msi') && property === undefined)
    return ['installed', 'absent', 'unknown'];
  const name = /^\s*windows\.([\w-]+)\s*$/i.exec(attributeOf(element, 'of')?.raw ?? '')?.[1]?.toLowerCase();
  return [...(name === undefined ? [] : (WINDOWS_MEMBERS[name] ?? [])), 'absent', 'unknown'];
}
