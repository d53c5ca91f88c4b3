/** The check that a thing is as it was found: one condition of the language. */
import type { RegistryValue } from '../../model/observation.ts';
import { redactedValue, redactText } from '../../model/refusals.ts';
import { isWritable, keyLiteral, pathLiteral, textLiteral, versionLiteral } from './literals.ts';
import type { KeyPlace, Surroundings, Thing } from './things.ts';

export type Written = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string };

/** How a version is compared: content wants what is newer too, a test's given states what is there. */
export interface ConditionOptions extends Surroundings {
  readonly exactly?: boolean;
}

const UNWRITABLE =
  'Its name holds line ends, control characters or too much to be written in a script so that all of it can be seen.';

/** One condition that held when the thing was seen. */
export function conditionOf(thing: Thing, options: ConditionOptions): Written {
  if (!namesOf(thing).every(isWritable)) return { ok: false, problem: UNWRITABLE };
  switch (thing.kind) {
    case 'key':
      return written(`${keyOf(thing)} exists`);
    case 'value':
      return written(`${keyOf(thing)} value ${textLiteral(thing.name)} ${ofValue(thing, options)}`);
    case 'folder':
      return written(`folder ${pathLiteral(thing.path, options.folders)} exists`);
    case 'file':
      return written(`file ${pathLiteral(thing.path, options.folders)} ${ofFile(thing, options)}`);
    case 'service':
      return written(`service ${textLiteral(thing.name)} ${ofService(thing)}`);
    case 'hotfix':
      return /^KB\d{5,8}$/i.test(thing.kb)
        ? written(`hotfix ${thing.kb.toUpperCase()} is installed`)
        : { ok: false, problem: `${thing.kb.slice(0, 40)} is no KB id.` };
  }
}

const written = (text: string): Written => ({ ok: true, text });

function namesOf(thing: Thing): readonly string[] {
  switch (thing.kind) {
    case 'key':
      return [thing.path];
    case 'value':
      return [thing.path, thing.name];
    case 'folder':
    case 'file':
      return [thing.path];
    case 'service':
      return [thing.name];
    case 'hotfix':
      return [];
  }
}

/** `key "…" view 32`: another machine's users have other SIDs, so a person's hive is every user's. */
export function keyOf({ hive, path, view }: KeyPlace): string {
  const user = hive === 'HKU' ? /^S-1-(?:5-21|12-1)-[\d-]+\\(.+)$/i.exec(path)?.[1] : undefined;
  const full = user === undefined ? `${hive}\\${path}` : `HKCU\\${user}`;
  return `key ${keyLiteral(full.replace(/\\+$/, ''))}${view === undefined ? '' : ` view ${view}`}`;
}

function ofValue({ name, value }: Extract<Thing, { kind: 'value' }>, { exactly }: ConditionOptions): string {
  // Product keys, owners and the like are read, but written nowhere.
  if (!value || redactedValue(name) !== undefined) return 'exists';
  switch (value.type) {
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
    case 'REG_LINK':
      return ofText(value.data, exactly);
    case 'REG_DWORD':
    case 'REG_DWORD_BIG_ENDIAN':
    case 'REG_QWORD':
      return `= ${value.data}`;
    case 'REG_MULTI_SZ':
      return ofList(value);
    default:
      return 'exists';
  }
}

function ofList({ data }: Extract<RegistryValue, { type: 'REG_MULTI_SZ' }>): string {
  const [first] = data;
  return first === undefined || !isPlain(first) ? 'exists' : `any = ${textLiteral(first)}`;
}

function ofText(text: string | undefined, exactly = false): string {
  if (text === undefined) return 'exists';
  const version = versionLiteral(text);
  if (version !== undefined) return `${exactly ? '=' : '>='} ${version}`;
  return isPlain(text) ? `= ${textLiteral(text)}` : 'exists';
}

/** Whether a text is worth comparing with, and is nobody's secret. */
const isPlain = (text: string): boolean => text !== '' && isWritable(text) && redactText(text) === text;

const sameText = (text: string | undefined): string =>
  text !== undefined && isPlain(text) ? `= ${textLiteral(text)}` : 'exists';

function ofFile(file: Extract<Thing, { kind: 'file' }>, { exactly }: ConditionOptions): string {
  const { property, version = {}, size, modified } = file;
  const known = property ?? (version.fileVersion === undefined ? undefined : 'version');
  switch (known) {
    case undefined:
      return 'exists';
    case 'version':
      return `version ${ofText(version.fileVersion, exactly)}`;
    case 'product-version':
      return `product-version ${ofText(version.productVersion, exactly)}`;
    case 'size':
      return size === undefined ? 'exists' : `size = ${size}B`;
    case 'modified': {
      const day = /^\d{4}-\d{2}-\d{2}/.exec(modified ?? '')?.[0];
      return day === undefined ? 'exists' : `modified ${exactly ? '=' : '>='} ${day}`;
    }
    case 'arch':
      return version.arch === undefined ? 'exists' : `arch is ${version.arch}`;
    case 'company':
      return `company ${sameText(version.company)}`;
    case 'product':
      return `product ${sameText(version.product)}`;
    case 'original-name':
      return `original-name ${sameText(version.originalName)}`;
    case 'language':
      return `language ${sameText(version.language)}`;
  }
}

function ofService({ info, property }: Extract<Thing, { kind: 'service' }>): string {
  if (!info || property === undefined) return 'exists';
  switch (property) {
    case 'state':
      return `is ${info.state}`;
    case 'start':
      return info.start.state === 'present' ? `start is ${info.start.value}` : 'exists';
    case 'account':
      return info.account.state === 'present' ? `account ${sameText(info.account.value)}` : 'exists';
    case 'path':
      return info.path.state === 'present' ? `path ${sameText(info.path.value)}` : 'exists';
    case 'display-name':
      return `display-name ${sameText(info.displayName)}`;
  }
}
