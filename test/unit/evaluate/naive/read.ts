/** What readings give, after sections 4.1, 4.2 and 4.4: places, properties and steps, with no thought of speed. */
import type { Literal, NameRef, Reading, Source, Step, Template, View } from '../../../../server/src/model/content.ts';
import type { FileVersion, Observation, RegistryValue, ServiceInfo } from '../../../../server/src/model/observation.ts';
import type { Target } from '../../../../server/src/evaluate/verdict.ts';
import {
  ABSENT,
  spell,
  text,
  toDate,
  toNumber,
  UNREADABLE,
  value,
  versionOf,
  type Datum,
  type Value,
} from './values.ts';
import * as world from './world.ts';

/** One thing of a collection. `path` is physical. */
export type Element =
  | { readonly of: 'key' | 'program'; readonly path: string; readonly view: '32' | '64' | 'user' }
  | { readonly of: 'user'; readonly sid: string }
  | { readonly of: 'file' | 'folder'; readonly path: string }
  | { readonly of: 'service'; readonly name: string }
  | { readonly of: 'value'; readonly key: string; readonly name: string; readonly data: RegistryValue };

export interface Scope {
  readonly world: world.World;
  readonly target: Target;
  readonly names: ReadonlyMap<string, Value | Element>;
}

export const isElement = (bound: Value | Element): bound is Element => 'of' in bound;

// ---------- texts and places

/** The text that a template stands for. */
export function expand(template: Template, scope: Scope, view?: '32' | '64'): Value {
  let whole = '';
  for (const part of template.parts) {
    if (part.kind === 'text') whole += part.text;
    else if (part.kind === 'variable') whole += folderOf(part.variable, scope.target, view);
    else {
      const inserted = named(part.name, scope);
      if (inserted.is !== 'value') return inserted;
      whole += spell(inserted.datum);
    }
  }
  return text(whole);
}

function folderOf(variable: string, target: Target, view?: '32' | '64'): string {
  const wide = target.os.architecture !== 'x86';
  const narrow = wide && view === '32';
  switch (variable.toLowerCase()) {
    case 'windir':
      return 'C:\\Windows';
    case 'system32':
      return narrow ? 'C:\\Windows\\SysWOW64' : 'C:\\Windows\\System32';
    case 'programfiles':
      return narrow ? 'C:\\Program Files (x86)' : 'C:\\Program Files';
    case 'programfiles(x86)':
      return wide ? 'C:\\Program Files (x86)' : 'C:\\Program Files';
    default:
      throw new Error(`the naive evaluation knows no %${variable}%`);
  }
}

/** The views in which a reading looks, in their order; none where this Windows has no such view. */
export function viewsOf(view: View | undefined, target: Target): readonly ('32' | '64')[] {
  if (target.os.architecture === 'x86') return view === '64' ? [] : ['32'];
  if (view === 'both') return ['64', '32'];
  return view === undefined ? ['64'] : [view];
}

/** Where a key is that is written as seen from a view. */
export function physicalKey(key: string, view: '32' | '64', target: Target): string {
  const software = 'HKLM\\SOFTWARE\\';
  if (target.os.architecture === 'x86' || view === '64' || !key.toUpperCase().startsWith(software)) return key;
  const rest = key.slice(software.length);
  return rest.toLowerCase().startsWith('wow6432node\\') ? key : `${software}Wow6432Node\\${rest}`;
}

/** A text of a place in each of its views: where it is, or that it is nowhere or unknown. */
export function places(template: Template, view: View | undefined, scope: Scope, keys: boolean): readonly Value[] {
  const first = template.parts[0];
  const bound =
    first?.kind === 'name' && first.name.member === 'path' ? scope.names.get(first.name.base.toLowerCase()) : undefined;
  if (bound !== undefined && isElement(bound) && (bound.of === 'key' || bound.of === 'program'))
    return [expand(template, scope)];
  const said = keys ? expand(template, scope) : ABSENT;
  if (said.is === 'value' && /^HKCU\\/i.test(spell(said.datum)))
    return ofUsers(spell(said.datum).slice('HKCU\\'.length), scope);
  return viewsOf(view, scope.target).map((one) => {
    const whole = expand(template, scope, one);
    const said = keys || whole.is !== 'value' ? whole : text(spell(whole.datum).replace(/^([a-z]:\\)\\/i, '$1'));
    // An empty name is as none, so a path that begins with it is absent; what is no full path otherwise leads nowhere that could be looked at.
    if (!keys && first?.kind === 'name') {
      const begins = named(first.name, scope);
      if (begins.is === 'value' && spell(begins.datum) === '') return ABSENT;
    }
    if (said.is === 'value' && !keys) return /^[a-z]:\\[^\\]/i.test(spell(said.datum)) ? said : UNREADABLE;
    if (said.is !== 'value') return said;
    return text(physicalKey(spell(said.datum), one, scope.target));
  });
}

/** A key in the hive of each user; where one cannot be looked into, that stands last. */
export function ofUsers(rest: string, { world: on }: Scope): readonly Value[] {
  const { sids, unlisted } = world.awayUsers(on);
  const open = sids.length > 0 || unlisted;
  return [...world.loadedUsers(on).map((sid) => text(`HKU\\${sid}\\${rest}`)), ...(open ? [UNREADABLE] : [])];
}

/** The first that is present; an unreadable one on the way leaves it open. */
export function firstPresent(all: readonly Value[]): Value {
  return all.find((one) => one.is !== 'absent') ?? ABSENT;
}

const at = (place: Value, read: (path: string) => Value): Value =>
  place.is === 'value' ? read(spell(place.datum)) : place;

// ---------- things and their properties

export function fromRegistry(data: RegistryValue): Value {
  switch (data.type) {
    case 'REG_MULTI_SZ':
      return value({ kind: 'list', items: data.data });
    case 'REG_DWORD':
    case 'REG_DWORD_BIG_ENDIAN':
    case 'REG_QWORD':
      return value({ kind: 'number', number: BigInt(data.data) });
    default:
      return text(data.data);
  }
}

export function registryValue(scope: Scope, key: string, name: string): Value {
  const found = world.valueOf(scope.world, key, name);
  return found.is === 'value' ? fromRegistry(found.value) : found;
}

const optional = (said: string | undefined): Value => (said === undefined ? ABSENT : text(said));

export function fileProperty(scope: Scope, path: string, property: string): Value {
  const found = world.fileAt(scope.world, path);
  if (found.is !== 'value') return found;
  const facts = found.value;
  if (property === 'size') return value({ kind: 'number', number: BigInt(facts.size ?? 1) });
  if (property === 'modified')
    return value({ kind: 'date', time: Date.parse(facts.modified ?? '2026-01-01T00:00:00Z') });
  if (world.isLocked(scope.world, path)) return UNREADABLE;
  const said: Readonly<Record<string, keyof FileVersion>> = {
    'original-name': 'originalName',
    company: 'company',
    product: 'product',
    language: 'language',
    arch: 'arch',
  };
  switch (property) {
    case 'version':
      return facts.fileVersion === undefined ? ABSENT : value({ kind: 'version', text: facts.fileVersion });
    case 'text':
      return optional(facts.text);
    case 'sha256':
      return optional(facts.sha256);
    default: {
      const member = said[property];
      if (member === undefined) throw new Error(`the naive evaluation knows no ${property}`);
      return optional(facts[member]);
    }
  }
}

function serviceProperty(scope: Scope, name: string, property: string): Value {
  const found = world.serviceAt(scope.world, name);
  if (found.is !== 'value') return found;
  const { state, displayName, start, account, path }: ServiceInfo = found.value;
  const observed = (one: Observation<string>): Value =>
    one.state === 'present' ? text(one.value) : one.state === 'absent' ? ABSENT : UNREADABLE;
  switch (property) {
    case 'state':
      return text(state);
    case 'display-name':
      return text(displayName);
    case 'start':
      return observed(start);
    case 'account':
      return observed(account);
    default:
      return observed(path);
  }
}

/** A member of an element. */
function member(scope: Scope, element: Element, name: string): Value {
  switch (element.of) {
    case 'key':
      if (name === 'name') return text(element.path.split('\\').at(-1) ?? '');
      if (name === 'path') return text(element.path);
      if (name === 'view') return text(element.view);
      return registryValue(scope, element.path, name);
    case 'program': {
      const values: Readonly<Record<string, string>> = {
        name: 'DisplayName',
        version: 'DisplayVersion',
        publisher: 'Publisher',
        location: 'InstallLocation',
        icon: 'DisplayIcon',
        uninstall: 'UninstallString',
      };
      if (name === 'path') return text(element.path);
      if (name === 'view') return text(element.view);
      const found = registryValue(scope, element.path, values[name] ?? name);
      return name === 'version' && found.is === 'value'
        ? value({ kind: 'text', text: spell(found.datum), meant: 'version' })
        : found;
    }
    case 'file':
    case 'folder':
      if (name === 'path') return text(element.path);
      if (name === 'name') return text(element.path.split('\\').at(-1) ?? '');
      if (name === 'folder') return text(element.path.split('\\').slice(0, -1).join('\\'));
      return fileProperty(scope, element.path, name);
    case 'service':
      return name === 'name' ? text(element.name) : serviceProperty(scope, element.name, name);
    case 'value':
      return name === 'name' ? text(element.name) : fromRegistry(element.data);
    case 'user':
      return name === 'sid'
        ? text(element.sid)
        : registryValue(scope, `${world.PROFILES}\\${element.sid}`, 'ProfileImagePath');
  }
}

function named(ref: NameRef, scope: Scope): Value {
  if (ref.base.toLowerCase() === 'windows') return ofWindows(ref.member ?? '', scope.target);
  const bound = scope.names.get(ref.base.toLowerCase());
  if (bound === undefined) throw new Error(`${ref.base} is not bound`);
  return isElement(bound) ? member(scope, bound, ref.member ?? 'name') : bound;
}

function ofWindows(name: string, { os }: Target): Value {
  const number = (of: number): Value => value({ kind: 'number', number: BigInt(of) });
  switch (name) {
    case 'version':
      return value({ kind: 'version', text: os.version });
    case 'build':
      return number(os.build);
    case 'revision':
      return os.ubr === null ? ABSENT : number(os.ubr);
    case 'service-pack':
      return number(os.servicePack);
    case 'bits':
      return number(os.architecture === 'x86' ? 32 : 64);
    case 'arch':
      return text(os.architecture);
    case 'role':
      return text(os.role);
    case 'edition':
      return os.edition === null ? ABSENT : text(os.edition);
    default:
      throw new Error(`the naive evaluation knows no windows.${name}`);
  }
}

function ofLiteral(literal: Literal, scope: Scope): Value {
  switch (literal.kind) {
    case 'text':
      return expand(literal.template, scope);
    case 'version':
      return value({ kind: 'version', text: literal.text });
    case 'number':
      return value({ kind: 'number', number: BigInt(literal.digits) });
    case 'size':
      return value({ kind: 'number', number: BigInt(literal.bytes) });
    case 'date':
      return value({ kind: 'date', time: Date.parse(`${literal.text}T00:00:00Z`) });
    default:
      throw new Error(`the naive evaluation knows no ${literal.kind}`);
  }
}

export function fromSource(source: Source, scope: Scope): Value {
  switch (source.kind) {
    case 'literal':
      return ofLiteral(source.literal, scope);
    case 'name':
      return named(source.name, scope);
    case 'value':
      return firstPresent(
        places(source.key, source.view, scope, true).map((place) =>
          at(place, (key) => at(expand(source.name, scope), (name) => registryValue(scope, key, name))),
        ),
      );
    case 'file':
      return firstPresent(
        places(source.path, source.view, scope, false).map((place) =>
          at(place, (path) => fileProperty(scope, path, source.property)),
        ),
      );
    case 'service':
      return at(expand(source.name, scope), (name) => serviceProperty(scope, name, source.property));
    case 'element-value': {
      const bound = scope.names.get(source.name.base.toLowerCase());
      // What `let … in` did not find has no values either.
      if (bound !== undefined && !isElement(bound)) return bound;
      if (bound === undefined || (bound.of !== 'key' && bound.of !== 'program')) throw new Error('no key');
      return at(expand(source.value, scope), (name) => registryValue(scope, bound.path, name));
    }
    default:
      throw new Error(`the naive evaluation knows no ${source.kind}`);
  }
}

// ---------- steps

/** Texts of targets are brought to one form before they are taken as paths. */
const inOneForm = (said: string): string =>
  said
    .trim()
    .replaceAll('/', '\\')
    .replace(/^"([^"]*)"$/, '$1');

const orAbsent = (said: string): Value => (said === '' ? ABSENT : text(said));

function take(step: Step, datum: Datum, scope: Scope): Value {
  const said = spell(datum);
  if (step.kind === 'matching') {
    const found = new RegExp(step.regex.pattern, step.regex.flags).exec(said);
    if (found === null) return ABSENT;
    const first = found.length > 1 ? found[1] : found[0];
    return first === undefined ? ABSENT : text(first);
  }
  if (step.kind === 'replacing') {
    const by = expand(step.with, scope);
    if (by.is !== 'value') return by;
    if ('pattern' in step.what) {
      const every = new RegExp(step.what.pattern, `${step.what.flags}g`);
      return text(said.replace(every, spell(by.datum)));
    }
    const what = expand(step.what, scope);
    return what.is === 'value' ? text(said.replaceAll(spell(what.datum), spell(by.datum))) : what;
  }
  // A list is no version, number or date, even one of a single item.
  if (datum.kind === 'list' && ['version', 'number', 'date'].includes(step.conversion)) return UNREADABLE;
  switch (step.conversion) {
    case 'version':
      return versionOf(datum) === undefined ? UNREADABLE : value({ kind: 'version', text: said });
    case 'number': {
      const number = datum.kind === 'date' ? undefined : toNumber(datum);
      return number === undefined ? UNREADABLE : value({ kind: 'number', number });
    }
    case 'date': {
      const time = toDate(datum);
      return time === undefined ? UNREADABLE : value({ kind: 'date', time, said });
    }
    case 'trimmed':
      return text(said.trim());
    case 'lowercase':
      return text(said.toLowerCase());
    case 'path':
      return orAbsent(inOneForm(said));
    case 'filename':
      return orAbsent(inOneForm(said).split('\\').at(-1) ?? '');
    case 'folder':
      return orAbsent(
        inOneForm(said)
          .split('\\')
          .slice(0, -1)
          .join('\\')
          // The root of a drive keeps its backslash.
          .replace(/^([a-z]:)$/i, '$1\\'),
      );
    case 'program':
      return text(said.startsWith('"') ? (said.split('"')[1] ?? '') : (/^.*?\.exe/i.exec(said)?.[0] ?? said));
  }
}

export const afterSteps = (from: Value, steps: readonly Step[], scope: Scope): Value =>
  steps.reduce((now, step) => (now.is === 'value' ? take(step, now.datum, scope) : now), from);

export const read = (reading: Reading, scope: Scope): Value =>
  afterSteps(fromSource(reading.source, scope), reading.steps, scope);
