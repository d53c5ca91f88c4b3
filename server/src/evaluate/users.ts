/**
 * Users of the machine: only hives that are loaded can be read over the network. A user who has a profile but no loaded hive
 * is *unknown*, never absent.
 */
import { observe, type Context, type Gap } from './context.ts';
import type { Read } from './values.ts';

export const PROFILE_LIST = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList';
/** Accounts of people: local or domain (S-1-5-21), and Entra ID (S-1-12-1). Services and `.DEFAULT` are none. */
const PERSON = /^S-1-(5-21|12-1)-[\d-]+$/i;

export interface Users {
  /** SIDs whose hive is loaded. */
  readonly loaded: readonly string[];
  /** SIDs with a profile but no loaded hive. */
  readonly unloaded: readonly string[];
  /** Why the lists of users are not complete. */
  readonly unlisted: readonly Gap[];
  /** The same, and every user whose hive is not loaded. */
  readonly gaps: readonly Gap[];
  readonly pending: boolean;
}

/** The users with a loaded hive, in the machine's order. */
export function loadedUsers(context: Context): Users {
  const read = observe<'subkeys'>(context, { kind: 'subkeys', hive: 'HKU', path: '' });
  const unlisted = gapsOf(read);
  return { loaded: people(read), unloaded: [], unlisted, gaps: unlisted, pending: read.state === 'pending' };
}

/** All users: those with a loaded hive, and those whom only the profile list knows. */
export function allUsers(context: Context): Users {
  const loaded = loadedUsers(context);
  const profiles = observe<'subkeys'>(context, { kind: 'subkeys', hive: 'HKLM', path: PROFILE_LIST });
  const known = new Set(loaded.loaded.map((sid) => sid.toLowerCase()));
  const unloaded = people(profiles).filter((sid) => !known.has(sid.toLowerCase()));
  const away = loaded.pending || profiles.state === 'pending' ? [] : unloaded.map(notLoaded);
  const unlisted = [...loaded.unlisted, ...gapsOf(profiles)];
  return {
    loaded: loaded.loaded,
    unloaded,
    unlisted,
    gaps: [...unlisted, ...away],
    pending: loaded.pending || profiles.state === 'pending',
  };
}

function notLoaded(sid: string): Gap {
  return { reason: `the hive of user ${sid} is not loaded: the user is not logged on`, unloadedUsers: true };
}

function people(read: Read<readonly string[]>): readonly string[] {
  return read.state === 'present' ? read.value.filter((name) => PERSON.test(name)) : [];
}

function gapsOf(read: Read<readonly string[]>): readonly Gap[] {
  return read.state === 'unreadable'
    ? [{ reason: `the users could not be listed: ${read.reason}`, unloadedUsers: true }]
    : [];
}

/** Whether the hive that a path under HKU begins with can be read at all: present, or unreadable for one who is not logged on. */
export function userHive(context: Context, path: string): Read<true> {
  const [sid = ''] = path.split('\\');
  if (!PERSON.test(sid.replace(/_Classes$/i, ''))) return { state: 'present', value: true };
  const read = observe<'subkeys'>(context, { kind: 'subkeys', hive: 'HKU', path: '' });
  if (read.state === 'pending' || read.state === 'unreadable') return read;
  const loaded = read.state === 'present' && read.value.some((name) => name.toLowerCase() === sid.toLowerCase());
  if (loaded) return { state: 'present', value: true };
  return { state: 'unreadable', reason: `the hive of user ${sid} is not loaded: the user is not logged on` };
}
