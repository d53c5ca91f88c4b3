/** The members of collections: keys, files, folders, services, values, Uninstall entries and users, and what can be asked of them. */
import type { FileProperty, ServiceProperty } from '../model/content.ts';
import type { FileInfo, RegistryValue } from '../model/observation.ts';
import { FILE_PROPERTIES, SERVICE_PROPERTIES } from '../model/vocabulary.ts';
import { observe, type Context, type Element } from './context.ts';
import { cleanPath, expandVariables, filenameOf, folderOf } from './file-paths.ts';
import { fileProperty, folderModified, modifiedOf } from './files.ts';
import { isGuid } from './guids.ts';
import type { PhysicalKey } from './registry.ts';
import { serviceProperty } from './services.ts';
import { PROFILE_LIST, userHive } from './users.ts';
import {
  ABSENT,
  fromRegistry,
  mapRead,
  numberValue,
  present,
  textOf,
  textValue,
  unreadable,
  type Read,
  type Value,
} from './values.ts';

/** A key as a collection found it: `hive` and `path` are as content sees them, `key` is where it lies. */
export interface FoundKey {
  readonly key: PhysicalKey;
  readonly path: string;
  readonly view?: '32' | '64';
  readonly user?: string;
}

/** A key of `keys`. */
export function keyElement(found: FoundKey): Element {
  return keyLike('keys', found, (context, name) => keyMember(context, found, name));
}

/** An entry of `programs`: a key under Uninstall, its usual values under names of their own. */
export function programElement(found: FoundKey): Element {
  return keyLike('programs', found, (context, name) => programMember(context, found, name));
}

function keyLike(kind: 'keys' | 'programs', found: FoundKey, read: (context: Context, name: string) => Read): Element {
  return {
    kind,
    identity: `${kind}|${found.key.hive}\\${found.key.path}`.toLowerCase(),
    label: found.path,
    ...(found.view === undefined ? {} : { view: found.view }),
    ...(found.user === undefined ? {} : { user: found.user }),
    member: remembering(read),
    value: (context, name) => registryValue(context, found.key, name),
  };
}

function keyMember(context: Context, found: FoundKey, name: string): Read {
  switch (name.toLowerCase()) {
    case 'name':
      return present(textValue(filenameOf(found.path)));
    case 'path':
      return present({ kind: 'text', text: found.path, ...(found.view === undefined ? {} : { view: found.view }) });
    case 'view':
      return found.view === undefined ? ABSENT : present(numberValue(Number(found.view)));
    case 'user':
      return found.user === undefined ? ABSENT : present(textValue(found.user));
    default:
      return registryValue(context, found.key, name);
  }
}

const PROGRAM_VALUES: Readonly<Record<string, string>> = {
  name: 'DisplayName',
  version: 'DisplayVersion',
  publisher: 'Publisher',
  location: 'InstallLocation',
  icon: 'DisplayIcon',
  uninstall: 'UninstallString',
};

function programMember(context: Context, found: FoundKey, name: string): Read {
  const word = name.toLowerCase();
  if (word === 'product-code') {
    const code = filenameOf(found.path);
    return isGuid(code) ? present(textValue(code)) : ABSENT;
  }
  const value = Object.hasOwn(PROGRAM_VALUES, word) ? PROGRAM_VALUES[word] : undefined;
  if (value === undefined) return keyMember(context, found, name);
  const read = registryValue(context, found.key, value);
  return word === 'version' ? mapRead(read, (data) => present(asVersionText(data))) : read;
}

function asVersionText(value: Value): Value {
  return value.kind === 'text' ? { ...value, soft: 'version' } : value;
}

function registryValue(context: Context, key: PhysicalKey, name: string): Read {
  return mapRead(observe<'value'>(context, { kind: 'value', ...key, name }), (data) => present(fromRegistry(data)));
}

/** A file of `files`; `info` where listing its folder told it already. */
export function fileElement(path: string, info?: FileInfo): Element {
  return pathElement('files', path, (context, name) => {
    if (info !== undefined && name === 'size') return present(numberValue(info.size));
    if (info !== undefined && name === 'modified') return modifiedOf(info);
    const property = FILE_PROPERTIES.find((one): one is FileProperty => one === name);
    return property === undefined ? noMember('a file', name) : fileProperty(context, path, property);
  });
}

/** A folder of `folders`. */
export function folderElement(path: string, info?: FileInfo): Element {
  return pathElement('folders', path, (context, name) => {
    if (name !== 'modified') return noMember('a folder', name);
    return info === undefined ? folderModified(context, path) : modifiedOf(info);
  });
}

function pathElement(kind: 'files' | 'folders', path: string, read: (context: Context, name: string) => Read): Element {
  const member = (context: Context, name: string): Read => {
    switch (name) {
      case 'path':
        return present(textValue(path));
      case 'name':
        return present(textValue(filenameOf(path)));
      case 'folder':
        return present(textValue(folderOf(path) ?? path));
      default:
        return read(context, name);
    }
  };
  return {
    kind,
    identity: `${kind}|${path}`.toLowerCase(),
    label: path,
    member: (context, name) => member(context, name.toLowerCase()),
    value: () => noValues(kind),
  };
}

/** A service of `services`. */
export function serviceElement(name: string): Element {
  return {
    kind: 'services',
    identity: `services|${name}`.toLowerCase(),
    label: name,
    member: remembering((context, member) => {
      if (member.toLowerCase() === 'name') return present(textValue(name));
      const property = SERVICE_PROPERTIES.find((one): one is ServiceProperty => one === member.toLowerCase());
      return property === undefined ? noMember('a service', member) : serviceProperty(context, name, property);
    }),
    value: () => noValues('services'),
  };
}

/** A value of `values`. */
export function valueElement(key: PhysicalKey, name: string, data: RegistryValue): Element {
  return {
    kind: 'values',
    identity: `values|${key.hive}\\${key.path}|${name}`.toLowerCase(),
    label: name,
    member: (_context, member) => {
      if (member.toLowerCase() === 'name') return present(textValue(name));
      const from = { kind: 'value', ...key, name } as const;
      return member.toLowerCase() === 'data' ? present(fromRegistry(data), from) : noMember('a value', member);
    },
    value: () => noValues('values'),
  };
}

/** A user of `users`, whether the hive is loaded or not. */
export function userElement(sid: string): Element {
  const profile = (context: Context): Read =>
    mapRead(registryValue(context, { hive: 'HKLM', path: `${PROFILE_LIST}\\${sid}` }, 'ProfileImagePath'), (value) =>
      present(textValue(expandVariables(context.target, textOf(value)))),
    );
  return {
    kind: 'users',
    identity: `users|${sid}`.toLowerCase(),
    label: sid,
    user: sid,
    member: remembering((context, name) => {
      switch (name.toLowerCase()) {
        case 'sid':
          return present(textValue(sid));
        case 'profile':
          return profile(context);
        case 'name':
          return userName(context, sid, profile);
        default:
          return noMember('a user', name);
      }
    }),
    value: () => noValues('users'),
  };
}

/** The name the user is logged on with, else that of the profile's folder. */
function userName(context: Context, sid: string, profile: (context: Context) => Read): Read {
  const hive = userHive(context, sid);
  if (hive.state === 'pending') return hive;
  const key = { hive: 'HKU', path: `${sid}\\Volatile Environment` } as const;
  const read = hive.state === 'present' ? registryValue(context, key, 'USERNAME') : ABSENT;
  if (read.state !== 'absent') return read;
  return mapRead(profile(context), (path) => present(textValue(filenameOf(cleanPath(context.target, textOf(path))))));
}

function noMember(what: string, name: string): Read {
  return unreadable(`${what} has no \`${name}\``);
}

function noValues(kind: string): Read {
  return unreadable(`elements of \`${kind}\` have no registry values`);
}

/** Keeps what was found: hundreds of products ask every Uninstall entry for the same member. */
function remembering(read: (context: Context, name: string) => Read): (context: Context, name: string) => Read {
  const known = new Map<string, Read>();
  return (context, name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const made = read(context, name);
    if (made.state !== 'pending') known.set(name, made);
    return made;
  };
}
